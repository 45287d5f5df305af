import { recordFindingDay, type Store } from '@esscm/store';
import type { Logger } from 'pino';

type KeptStore = Pick<Store, 'organizations' | 'drafts' | 'scanLogs' | 'triage' | 'watches' | 'findings' | 'findingDays' | 'projectFindingDays' | 'images'>;

const intervalMs = 3_600_000;
const logMemoryMs = 30 * 24 * 3_600_000;
const eventMemoryMs = 7 * 24 * 3_600_000;

/** Removes what has run out, ends decisions that hold no longer, and notes what is found today; now, and every hour until the answer is called. */
export function startHousekeeping(store: KeptStore, log: Logger): () => void {
  const tidy = async () => {
    try {
      await keepHouse(store, log, new Date());
    } catch (error) {
      log.warn({ err: error }, 'what has run out could not be put in order');
    }
  };
  void tidy();
  const timer = setInterval(() => void tidy(), intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** One round: drafts with their sealed credentials, events of registries that are a week old, logs of scans that are 30 days old, decisions, and the day's findings. */
export async function keepHouse(store: KeptStore, log: Logger, now: Date): Promise<void> {
  const drafts = await store.drafts.deleteExpired(now);
  if (drafts > 0) log.info({ drafts }, 'expired drafts were removed');
  const events = await store.watches.deleteEventsBefore(new Date(now.getTime() - eventMemoryMs));
  if (events > 0) log.info({ events }, 'events of registries were forgotten');
  const lines = await store.scanLogs.deleteBefore(new Date(now.getTime() - logMemoryMs));
  if (lines > 0) log.info({ lines }, 'lines of old scan logs were removed');
  const decisions = await store.triage.endDue();
  if (decisions > 0) log.info({ decisions }, 'decisions about findings have ended');
  // Also on days on which nobody looks, so that the trend has no gaps.
  const { id } = await store.organizations.ensureDefault();
  await recordFindingDay(store, id, now);
}
