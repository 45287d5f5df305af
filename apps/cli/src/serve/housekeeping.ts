import type { Store } from '@esscm/store';
import type { Logger } from 'pino';

const intervalMs = 3_600_000;
const eventMemoryMs = 7 * 24 * 3_600_000;

/** Removes what has run out, with its sealed credentials, and ends decisions that hold no longer: now, and every hour until the answer is called. */
export function startHousekeeping(store: Pick<Store, 'drafts' | 'triage' | 'watches'>, log: Logger): () => void {
  const tidy = async () => {
    try {
      const drafts = await store.drafts.deleteExpired(new Date());
      if (drafts > 0) log.info({ drafts }, 'expired drafts were removed');
      const events = await store.watches.deleteEventsBefore(new Date(Date.now() - eventMemoryMs));
      if (events > 0) log.info({ events }, 'events of registries were forgotten');
      const decisions = await store.triage.endDue();
      if (decisions > 0) log.info({ decisions }, 'decisions about findings have ended');
    } catch (error) {
      log.warn({ err: error }, 'what has run out could not be put in order');
    }
  };
  void tidy();
  const timer = setInterval(() => void tidy(), intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
