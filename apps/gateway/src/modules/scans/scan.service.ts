import { scanChangeTopic } from '@esscm/jobs';
import type { ConnectionRecord, ScanRecord, Store } from '@esscm/store';
import type { Logger } from 'pino';
import type { GatewayJobs } from '../../dependencies.js';
import { conflictProblem, notFoundProblem } from '../../graphql/problems.js';
import type { ConflictProblem, NotFoundProblem } from '../../graphql/problem.type.js';
import { loggableError } from '../../loggable-error.js';
import { type RequestContext, requireRequester } from '../../request-context.js';

interface ScanServiceOptions {
  readonly store: Store;
  readonly jobs: GatewayJobs;
  readonly log: Logger;
}

/** Scans that one call starts again at most. */
export const maximumRetried = 1000;

const stoppedAtOnce = 25;

/** Asking for scans and stopping them. Rows first, jobs after: the scanner adds missing jobs when it starts. */
export class ScanService {
  readonly #options: ScanServiceOptions;

  constructor(options: ScanServiceOptions) {
    this.#options = options;
  }

  async request(context: RequestContext, imageId: string): Promise<ScanRecord | NotFoundProblem> {
    const { organization } = requireRequester(context);
    const image = await this.#options.store.images.find(organization.id, imageId);
    if (image === undefined) return notFoundProblem(context, 'image');
    return this.#request(context, imageId, 'user');
  }

  async retry(context: RequestContext, id: string): Promise<ScanRecord | NotFoundProblem | ConflictProblem> {
    const { organization } = requireRequester(context);
    const scan = await this.#options.store.scans.find(organization.id, id);
    if (scan === undefined) return notFoundProblem(context, 'scan');
    if (scan.state === 'queued' || scan.state === 'running') return conflictProblem(context, 'This scan has not ended yet.');
    return this.#request(context, scan.trackedImageId, 'retry');
  }

  async cancel(context: RequestContext, id: string): Promise<ScanRecord | NotFoundProblem | ConflictProblem> {
    const { store } = this.#options;
    const { organization, userId, name: userName } = requireRequester(context);
    const cancelled = await store.scans.cancel(organization.id, id, { userId, userName });
    if (cancelled !== undefined) {
      await this.#stop(cancelled);
      return cancelled;
    }
    const scan = await store.scans.find(organization.id, id);
    return scan === undefined ? notFoundProblem(context, 'scan') : conflictProblem(context, 'This scan has ended already.');
  }

  /** Ends all work for a connection: those that run first, because they cost. @returns how many scans it stopped */
  async cancelAllOf(context: RequestContext, connectionId: string): Promise<number> {
    const { organization, userId, name: userName } = requireRequester(context);
    const cancelled = await this.#options.store.scans.cancelAll(organization.id, connectionId, { userId, userName });
    const runningFirst = cancelled.toSorted((one, two) => Number(two.startedAt !== undefined) - Number(one.startedAt !== undefined));
    for (let at = 0; at < runningFirst.length; at += stoppedAtOnce) await Promise.all(runningFirst.slice(at, at + stoppedAtOnce).map((scan) => this.#stop(scan)));
    return cancelled.length;
  }

  /** Scans images again whose newest scan failed. @returns how many, at most `maximumRetried` */
  async retryFailed(context: RequestContext, connectionId: string | undefined): Promise<number> {
    const { organization } = requireRequester(context);
    const imageIds = await this.#options.store.scans.imagesFailedLast(organization.id, connectionId, maximumRetried);
    for (const imageId of imageIds) await this.#request(context, imageId, 'retry');
    return imageIds.length;
  }

  /** Scans the images of a connection that was connected without scanning and works now. */
  async resume(connection: ConnectionRecord): Promise<void> {
    if (!connection.withoutScanning) return;
    const { store } = this.#options;
    const { id: connectionId, organizationId, createdBy: requestedBy } = connection;
    await store.connections.resumeScanning(organizationId, connectionId);
    let after: string | undefined;
    do {
      const page = await store.images.list(organizationId, { connectionId }, { first: 100, ...(after !== undefined && { after }) });
      for (const { id: trackedImageId, contentId } of page.items) {
        if (contentId !== undefined) continue;
        await this.enqueue([await store.scans.request({ organizationId, trackedImageId, trigger: 'connect', requestedBy })]);
      }
      after = page.nextCursor;
    } while (after !== undefined);
  }

  /** Puts committed scans on the queue and tells followers. A failure is logged only: the row is what counts. */
  async enqueue(scans: readonly ScanRecord[]): Promise<void> {
    for (const scan of scans) {
      try {
        await this.#options.jobs.scans.add({ scanId: scan.id, organizationId: scan.organizationId });
      } catch (error) {
        this.#options.log.error({ error: loggableError(error), scanId: scan.id }, 'The scan could not be put on the queue; the scanner adds it at its next start.');
      }
      await this.#announce(scan);
    }
  }

  async #request(context: RequestContext, trackedImageId: string, trigger: 'user' | 'retry'): Promise<ScanRecord> {
    const { organization, userId } = requireRequester(context);
    const scan = await this.#options.store.scans.request({ organizationId: organization.id, trackedImageId, trigger, requestedBy: userId });
    await this.enqueue([scan]);
    return scan;
  }

  async #stop(scan: ScanRecord): Promise<void> {
    try {
      await this.#options.jobs.scans.cancel(scan.id);
    } catch (error) {
      this.#options.log.error({ error: loggableError(error), scanId: scan.id }, 'The cancelled scan could not be taken off the queue; its result will be ignored.');
    }
    await this.#announce(scan);
  }

  async #announce(scan: ScanRecord): Promise<void> {
    try {
      await this.#options.jobs.events.publish(scanChangeTopic, { scanId: scan.id, sequence: scan.sequence });
    } catch (error) {
      this.#options.log.warn({ error: loggableError(error), scanId: scan.id }, 'A change of a scan could not be announced.');
    }
  }
}
