import { followPause, scanQueueTopic } from '@esscm/jobs';
import type { ScanPauseRecord, Store } from '@esscm/store';
import type { Logger } from 'pino';
import type { GatewayJobs } from '../../dependencies.js';
import { conflictProblem } from '../../graphql/problems.js';
import type { ConflictProblem } from '../../graphql/problem.type.js';
import { loggableError } from '../../loggable-error.js';
import { type RequestContext, requireRequester } from '../../request-context.js';

interface ScanQueueServiceOptions {
  readonly store: Pick<Store, 'scanPauses'>;
  readonly jobs: GatewayJobs;
  readonly log: Logger;
}

/** Holding scans back and letting them go. The row decides; the queue follows it, at the latest when a scanner starts. */
export class ScanQueueService {
  readonly #options: ScanQueueServiceOptions;

  constructor(options: ScanQueueServiceOptions) {
    this.#options = options;
  }

  /** Pausing a paused queue leaves it to whoever was first. */
  async pause(context: RequestContext): Promise<ScanPauseRecord> {
    const { organization, userId, name } = requireRequester(context);
    const pause = await this.#options.store.scanPauses.pause({ organizationId: organization.id, userId, userName: name });
    context.log.info({ userId, pauseId: pause.id }, 'the queue of scans is paused');
    await this.#follow();
    return pause;
  }

  async resume(context: RequestContext): Promise<ScanPauseRecord | ConflictProblem> {
    const { organization, userId, name } = requireRequester(context);
    const ended = await this.#options.store.scanPauses.resume({ organizationId: organization.id, userId, userName: name });
    if (ended === undefined) return conflictProblem(context, 'The queue is not paused.');
    context.log.info({ userId, pauseId: ended.id }, 'the queue of scans is resumed');
    await this.#follow();
    return ended;
  }

  async #follow(): Promise<void> {
    const { store, jobs, log } = this.#options;
    try {
      await followPause(jobs.scans, () => store.scanPauses.holds());
      await jobs.events.publish(scanQueueTopic, {});
    } catch (error) {
      log.error({ error: loggableError(error) }, 'The queue could not be told of its pause; a scanner tells it at its next start.');
    }
  }
}
