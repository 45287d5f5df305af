import type { ScanPauseRecord, Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import { Problem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { type FollowedQueue, followScanQueue } from './follow-scan-queue.js';
import { ScanCounts } from './scan-counts.type.js';
import type { ScanQueueService } from './scan-queue.service.js';
import { ScanBatchPayload, ScanPause, ScanQueue, ScanQueuePayload, ScanQueueResult } from './scan-queue.type.js';
import { maximumRetried, type ScanService } from './scan.service.js';

/** The queue of scans as a whole. */
@Resolver(() => ScanQueue)
export class ScanQueueResolver {
  readonly #store: Pick<Store, 'scans' | 'scanPauses'>;
  readonly #queue: ScanQueueService;
  readonly #scans: ScanService;

  constructor(store: Pick<Store, 'scans' | 'scanPauses'>, queue: ScanQueueService, scans: ScanService) {
    this.#store = store;
    this.#queue = queue;
    this.#scans = scans;
  }

  @Authorized('READ')
  @Query(() => ScanQueue, { description: 'The queue of scans.' })
  async scanQueue(@Ctx() context: RequestContext): Promise<ScanQueue> {
    const { organization } = requireRequester(context);
    return queueView(organization.id, await this.#store.scanPauses.current(organization.id));
  }

  @Authorized('ADMIN')
  @Mutation(() => ScanQueueResult, { description: 'Holds back every scan that has not begun, of all connections, until the queue is resumed. Scans that run come to their end.' })
  async pauseScanQueue(@Ctx() context: RequestContext): Promise<ScanQueueResult> {
    return payload(context, await this.#queue.pause(context));
  }

  @Authorized('ADMIN')
  @Mutation(() => ScanQueueResult, { description: 'Lets scans begin again.' })
  async resumeScanQueue(@Ctx() context: RequestContext): Promise<ScanQueueResult> {
    const outcome = await this.#queue.resume(context);
    return outcome instanceof Problem ? outcome : payload(context, undefined);
  }

  @Authorized('SCAN')
  @Mutation(() => ScanBatchPayload, { description: `Starts a new scan of every image whose newest scan failed, at most ${maximumRetried} at once.` })
  async retryFailedScans(
    @Arg('connectionId', () => ID, { nullable: true, description: 'Only images of this connection.' }) connectionId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ScanBatchPayload> {
    return this.#batch(context, await this.#scans.retryFailed(context, connectionId ?? undefined));
  }

  @Authorized('SCAN')
  @Mutation(() => ScanBatchPayload, { description: 'Stops every scan of a connection that is queued or running.' })
  async cancelScans(@Arg('connectionId', () => ID, { description: 'Id of the connection.' }) connectionId: string, @Ctx() context: RequestContext): Promise<ScanBatchPayload> {
    return this.#batch(context, await this.#scans.cancelAllOf(context, connectionId));
  }

  @Authorized('READ')
  @Subscription(() => ScanQueue, {
    description: 'Whether the queue is paused, now and at every change.',
    subscribe: ({ context }: { context: RequestContext }) => followScanQueue({ ...context.follow, organizationId: requireRequester(context).organization.id, signal: context.signal }),
  })
  scanQueueChanged(@Root() { pause }: FollowedQueue, @Ctx() context: RequestContext): ScanQueue {
    return queueView(requireRequester(context).organization.id, pause);
  }

  @FieldResolver(() => ScanCounts, { description: 'All scans by state.' })
  counts(@Root() queue: ScanQueue): Promise<ScanCounts> {
    return this.#store.scans.countByState(queue.organizationId);
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Milliseconds that scans wait until they begin: the median of the newest 20 that began in the last hour; null when none did.' })
  typicalWaitMs(@Root() queue: ScanQueue): Promise<number | undefined> {
    return this.#store.scans.typicalWait(queue.organizationId);
  }

  @FieldResolver(() => Int, { description: `Images whose newest scan failed, counted up to ${maximumRetried}: what \`retryFailedScans\` scans again.` })
  async failedImageCount(@Root() queue: ScanQueue): Promise<number> {
    return (await this.#store.scans.imagesFailedLast(queue.organizationId, undefined, maximumRetried)).length;
  }

  async #batch(context: RequestContext, count: number): Promise<ScanBatchPayload> {
    return instance(ScanBatchPayload, { count, queue: await this.scanQueue(context) });
  }
}

function queueView(organizationId: string, pause: ScanPauseRecord | undefined): ScanQueue {
  return instance(ScanQueue, { organizationId, pause: pause && instance(ScanPause, { pausedBy: pause.pausedByName, pausedAt: pause.pausedAt }) });
}

function payload(context: RequestContext, pause: ScanPauseRecord | undefined): ScanQueuePayload {
  return instance(ScanQueuePayload, { queue: queueView(requireRequester(context).organization.id, pause) });
}
