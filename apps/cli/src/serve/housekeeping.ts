import type { Store } from '@esscm/store';
import type { Logger } from 'pino';

const intervalMs = 3_600_000;

/** Removes what has run out, with its sealed credentials: now, and every hour until the answer is called. */
export function startHousekeeping(store: Pick<Store, 'drafts'>, log: Logger): () => void {
  const tidy = async () => {
    try {
      const drafts = await store.drafts.deleteExpired(new Date());
      if (drafts > 0) log.info({ drafts }, 'expired drafts were removed');
    } catch (error) {
      log.warn({ err: error }, 'expired drafts could not be removed');
    }
  };
  void tidy();
  const timer = setInterval(() => void tidy(), intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
