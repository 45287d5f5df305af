import type { Page, PageRequest, ScanFailureRecord, ScanProgressRecord, ScanRecord, ScanStage, ScanState } from '../records.js';
import type { ScanResultInput } from './scan-result-input.js';

export interface ScanFilter {
  readonly states?: readonly ScanState[];
  readonly connectionId?: string;
  readonly trackedImageId?: string;
  readonly ids?: readonly string[];
  /** Part of the image's name or tag, `name:tag`, the beginning of a digest, or part of the connection's name; without case. */
  readonly search?: string;
}

/** Who stops a scan. */
export interface ScanCanceller {
  readonly userId: string;
  readonly userName: string;
}

/** The newest scan of each image, added up. */
export interface LatestScanTotals {
  readonly states: Readonly<Record<ScanState, number>>;
  /** Compressed bytes read, and to read, of those that know theirs. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Of those that run now. */
  readonly runningBytesDone: number;
  readonly runningSince?: Date;
}

export interface ScanRepository {
  /**
   * A new queued scan of an image; the one already queued or running is given back instead of a second.
   * @throws NotFoundError when the organisation has no such image
   */
  request(input: {
    readonly organizationId: string;
    readonly trackedImageId: string;
    readonly trigger: ScanRecord['trigger'];
    readonly requestedBy: string;
  }): Promise<ScanRecord>;
  find(organizationId: string, id: string): Promise<ScanRecord | undefined>;
  /** Running first, then waiting, then ended; of each the last begun first, where it has not begun the last asked for. */
  list(organizationId: string, filter: ScanFilter, page: PageRequest): Promise<Page<ScanRecord>>;
  latestOf(organizationId: string, trackedImageIds: readonly string[]): Promise<ReadonlyMap<string, ScanRecord>>;
  /** What became of every image: images whose scan was repeated count once. Of one connection when it is named. */
  latestTotals(organizationId: string, connectionId?: string): Promise<LatestScanTotals>;
  /** Images whose newest scan failed, oldest failure first, at most so many. */
  imagesFailedLast(organizationId: string, connectionId: string | undefined, first: number): Promise<readonly string[]>;
  countByState(organizationId: string, connectionId?: string): Promise<Readonly<Record<ScanState, number>>>;
  /**
   * How many queued scans of the organisation begin before each of these: those asked for earlier, and of scans that a check of the
   * registry asked for all others too. Scans that are not queued are left out.
   */
  aheadOf(organizationId: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Milliseconds from asking for a scan to its begin, the median of the newest 20 that began in the last hour; undefined when none did. */
  typicalWait(organizationId: string): Promise<number | undefined>;
  /** Queued or running scans of every organisation, oldest first: what a start puts back on the queue. */
  unfinished(): Promise<readonly { readonly id: string; readonly organizationId: string }[]>;
  /**
   * Marks it running and counts the attempt. Undefined when it has ended meanwhile, which leaves the job nothing to do, and while a
   * pause of its organisation holds.
   */
  begin(id: string): Promise<ScanRecord | undefined>;
  recordProgress(id: string, stage: ScanStage, progress: ScanProgressRecord): Promise<ScanRecord | undefined>;
  fail(id: string, failure: ScanFailureRecord): Promise<ScanRecord | undefined>;
  /** Back to `queued` after a failure that will be tried again. */
  requeue(id: string, failure: ScanFailureRecord): Promise<ScanRecord | undefined>;
  cancel(organizationId: string, id: string, by?: ScanCanceller): Promise<ScanRecord | undefined>;
  /** Cancels what is queued or running, of one connection when it is named, and tells what it cancelled. */
  cancelAll(organizationId: string, connectionId?: string, by?: ScanCanceller): Promise<readonly ScanRecord[]>;
  /**
   * Ends a scan well: content, layers, components, totals and the image's pointer, so that readers see the old result
   * or the whole new one. Storing the same result twice changes nothing. Undefined when the scan has ended otherwise.
   */
  complete(id: string, result: ScanResultInput): Promise<ScanRecord | undefined>;
  /**
   * Ends a scan well with content that is stored already, for a digest found by `ContentRepository.findByDigest`. Undefined
   * when the scan has ended otherwise.
   * @throws NotFoundError when the content has been removed meanwhile: the image then has to be catalogued after all
   */
  completeFromContent(id: string, contentId: string): Promise<ScanRecord | undefined>;
}
