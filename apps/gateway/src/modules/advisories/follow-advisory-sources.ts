import { isDeepStrictEqual } from 'node:util';
import { advisoryChangeTopic } from '@esscm/jobs';
import type { AdvisorySourceRecord, Store } from '@esscm/store';
import type { GatewayJobs } from '../../dependencies.js';

interface FollowOptions {
  readonly store: Pick<Store, 'advisorySources'>;
  readonly jobs: Pick<GatewayJobs, 'events'>;
  readonly signal: AbortSignal;
}

/** The present state of each source, then each that changed, read from the store when the reader is ready for it. */
export async function* followAdvisorySources({ store, jobs, signal }: FollowOptions): AsyncGenerator<AdvisorySourceRecord, void, undefined> {
  const given = new Map<string, AdvisorySourceRecord>();
  let pending = true;
  let wake: () => void = () => undefined;
  const unsubscribe = await jobs.events.subscribe(advisoryChangeTopic, () => {
    pending = true;
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (!pending) await changed;
      pending = false;
      if (signal.aborted) return;
      for (const source of await store.advisorySources.list()) {
        if (isDeepStrictEqual(given.get(source.name), source)) continue;
        given.set(source.name, source);
        yield source;
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await unsubscribe();
  }
}
