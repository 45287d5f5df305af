import { isDeepStrictEqual } from 'node:util';
import { advisoryChangeTopic } from '@esscm/jobs';
import type { AdvisorySourceRecord, Store } from '@esscm/store';
import type { GatewayJobs } from '../../dependencies.js';
import { eachChange } from '../../graphql/each-change.js';

interface FollowOptions {
  readonly store: Pick<Store, 'advisorySources'>;
  readonly jobs: Pick<GatewayJobs, 'events'>;
  readonly signal: AbortSignal;
}

/** The present state of each source, then each that changed, read from the store when the reader is ready for it. */
export async function* followAdvisorySources({ store, jobs, signal }: FollowOptions): AsyncGenerator<AdvisorySourceRecord, void, undefined> {
  const given = new Map<string, AdvisorySourceRecord>();
  for await (const _ of eachChange(jobs, advisoryChangeTopic, signal)) {
    for (const source of await store.advisorySources.list()) {
      if (isDeepStrictEqual(given.get(source.name), source)) continue;
      given.set(source.name, source);
      yield source;
    }
  }
}
