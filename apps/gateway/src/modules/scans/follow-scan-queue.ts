import { scanQueueTopic } from '@esscm/jobs';
import type { ScanPauseRecord, Store } from '@esscm/store';
import type { GatewayJobs } from '../../dependencies.js';
import { eachChange } from '../../graphql/each-change.js';

interface FollowOptions {
  readonly store: Pick<Store, 'scanPauses'>;
  readonly jobs: Pick<GatewayJobs, 'events'>;
  readonly organizationId: string;
  readonly signal: AbortSignal;
}

/** The queue as far as it is followed: whether it is paused. */
export interface FollowedQueue {
  readonly pause: ScanPauseRecord | undefined;
}

/** Whether the queue is paused, now and at every change, read from the store when the reader is ready for it. */
export async function* followScanQueue({ store, jobs, organizationId, signal }: FollowOptions): AsyncGenerator<FollowedQueue, void, undefined> {
  let given: FollowedQueue | undefined;
  for await (const _ of eachChange(jobs, scanQueueTopic, signal)) {
    const pause = await store.scanPauses.current(organizationId);
    if (given !== undefined && given.pause?.id === pause?.id) continue;
    given = { pause };
    yield given;
  }
}
