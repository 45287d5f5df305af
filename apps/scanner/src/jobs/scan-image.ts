import type { ScanContext, ScanJob } from '@esscm/jobs';
import { ScanAborted, ScanHeldBack } from '@esscm/jobs';
import { parsePlatform } from '@esscm/oci-client';
import type { ComponentMatcher, ScanEngine, ScanEngineProgress } from '@esscm/scan-engine';
import { NotFoundError, type ScanRecord, type ScanStage, type Store, type TrackedImageRecord } from '@esscm/store';
import type { Logger } from 'pino';
import { interruptedFailure, scanFailure } from '../failures/scan-failure.js';
import { openImageSource, type ImageSourceDependencies } from '../images/open-image-source.js';
import { ScanLog } from '../log/scan-log.js';
import { beginWords, catalogueWords, failureWords, type LogWords, matchedBeforeWords, matchWords, pullWords } from '../log/scan-log-words.js';
import { ProgressRecorder } from '../progress/progress-recorder.js';
import { scanResult } from '../results/scan-result.js';
import { matchKnownContent } from './match-known-content.js';

export interface ScanImageDependencies extends ImageSourceDependencies {
  readonly store: Pick<Store, 'connections' | 'images' | 'scans' | 'scanLogs' | 'contents' | 'findings'>;
  readonly engine: Pick<ScanEngine, 'scan'>;
  readonly matcher: Pick<ComponentMatcher, 'match' | 'held'>;
  readonly onAdvisoriesNeeded: (ecosystems: readonly string[]) => Promise<void>;
  /** Called with the image whose result was stored, before it is announced; must not reject. */
  readonly onStored: (imageId: string) => Promise<void>;
  /** Tells readers that the scan's row has changed; must not reject. */
  readonly announce: (scan: ScanRecord) => Promise<void>;
  readonly clock: { now(): Date };
  readonly log: Logger;
}

/**
 * Runs one scan from its row to its result. The row decides: a scan that has ended is left alone, and whatever happens here ends
 * up in it. Rejects only when the queue should try again, or keep it until a pause has ended.
 */
export async function scanImage(dependencies: ScanImageDependencies, job: ScanJob, context: ScanContext): Promise<void> {
  const { store, announce, log } = dependencies;
  const present = await store.scans.find(job.organizationId, job.scanId);
  if (present === undefined) return;
  const scan = await store.scans.begin(job.scanId);
  if (scan === undefined) {
    const now = await store.scans.find(job.organizationId, job.scanId);
    // The queue was paused after it handed this job out, or is about to hear of it.
    if (now?.state === 'queued' || now?.state === 'running') throw new ScanHeldBack();
    return;
  }
  await announce(scan);
  const running = new RunningScan(dependencies, scan, context.signal);
  try {
    const ended = await running.run();
    if (ended !== undefined) await announce(ended);
  } catch (error) {
    await running.stop();
    await endBadly(dependencies, scan, running.journal, context, error);
  }
  log.debug({ scanId: scan.id }, 'scan job ended');
}

/** Writes why a scan did not end well, and rejects when it is to be tried again. */
async function endBadly({ store, announce, log }: ScanImageDependencies, scan: ScanRecord, journal: ScanLog, context: ScanContext, error: unknown): Promise<void> {
  const change = async (words: LogWords, changing: () => Promise<ScanRecord | undefined>): Promise<void> => {
    journal.add(...words);
    await journal.flush();
    const record = await changing();
    if (record !== undefined) await announce(record);
  };
  const { signal } = context;
  if (signal.aborted) {
    const stopping = signal.reason instanceof ScanAborted && signal.reason.reason === 'stopping';
    const interrupted = interruptedFailure();
    if (stopping) await change(failureWords(interrupted, true), () => store.scans.requeue(scan.id, interrupted));
    else await change(['Cancelled', 'warning'], () => store.scans.cancel(scan.organizationId, scan.id));
    if (stopping) throw error;
    return;
  }
  const failure = scanFailure(error);
  const again = failure.retryable && !context.lastAttempt;
  log.warn({ scanId: scan.id, attempt: context.attempt, code: failure.code, again, err: error }, 'scan failed');
  await change(failureWords(failure, again), () => (again ? store.scans.requeue(scan.id, failure) : store.scans.fail(scan.id, failure)));
  if (again) throw new Error(`${failure.code}: ${failure.message}`, { cause: error });
}

/** One attempt. Aborted by the queue, or when a write of its progress finds that the scan has ended. */
class RunningScan {
  readonly #dependencies: ScanImageDependencies;
  readonly #scan: ScanRecord;
  readonly #recorder: ProgressRecorder;
  readonly #signal: AbortSignal;
  #pulled: ScanEngineProgress | undefined;
  /** For people. */
  readonly journal: ScanLog;

  constructor(dependencies: ScanImageDependencies, scan: ScanRecord, signal: AbortSignal) {
    const { store, announce, clock, log } = dependencies;
    const ended = new AbortController();
    this.#dependencies = dependencies;
    this.#scan = scan;
    this.#signal = AbortSignal.any([signal, ended.signal]);
    this.journal = new ScanLog({
      clock,
      attempt: scan.attempt,
      append: (lines) => store.scanLogs.append(scan.id, lines),
      onError: (error) => log.warn({ scanId: scan.id, err: error }, 'the log of a scan could not be written'),
    });
    this.#recorder = new ProgressRecorder({
      clock,
      write: async (stage, progress) => {
        await this.journal.flush();
        const written = await store.scans.recordProgress(scan.id, stage, progress);
        if (written !== undefined) await announce(written);
        return written;
      },
      onEnded: () => ended.abort(new ScanAborted('cancelled')),
      onError: (error) => log.warn({ scanId: scan.id, err: error }, 'progress could not be written'),
    });
  }

  async run(): Promise<ScanRecord | undefined> {
    const { store } = this.#dependencies;
    const { id, organizationId, trackedImageId, connectionId } = this.#scan;
    const image = await store.images.find(organizationId, trackedImageId);
    const connection = await store.connections.find(organizationId, connectionId);
    // Deleted in this moment, and the scan's row with them.
    if (image === undefined || connection === undefined) return undefined;
    this.#enter('resolve');
    this.journal.add(...beginWords(image, this.#scan.attempt));
    await using opened = await openImageSource(this.#dependencies, connection, image, this.#signal);
    const scan = async (useKnown: boolean): Promise<ScanRecord | undefined> => {
      let knownContentId: string | undefined;
      const outcome = await this.#dependencies.engine.scan({
        source: opened.source,
        ...requestOf(image),
        isSample: connection.sample,
        signal: this.#signal,
        known: async (digest, catalogueVersion) => {
          const known = useKnown ? await store.contents.findByDigest(organizationId, digest, catalogueVersion) : undefined;
          knownContentId = known?.id;
          this.journal.add(`The digest is ${digest}${known === undefined ? '' : ', which is stored already: nothing is pulled'}`);
          return known !== undefined;
        },
        onProgress: (progress) => this.#follow(progress),
      });
      if (outcome.kind === 'known') {
        this.#enter('match');
        const matched = await matchKnownContent(this.#dependencies, { organizationId, contentId: knownContentId ?? '', isSample: connection.sample });
        for (const words of matched === undefined ? [matchedBeforeWords] : matchWords(matched)) this.journal.add(...words);
      }
      if (outcome.kind === 'catalogued') for (const words of [...catalogueWords(outcome), ...matchWords(outcome.matching)]) this.journal.add(...words);
      this.#enter('store');
      this.journal.add('Storing the result');
      await this.#recorder.finish();
      const ended = outcome.kind === 'known' ? await store.scans.completeFromContent(id, knownContentId ?? '') : await store.scans.complete(id, scanResult(outcome));
      if (outcome.kind === 'catalogued') await this.#dependencies.onAdvisoriesNeeded(outcome.matching?.neededEcosystems ?? []);
      await this.#dependencies.onStored(trackedImageId);
      if (ended !== undefined) this.journal.add(`Ended: the image shows ${ended.state === 'partial' ? 'a result of which something is missing' : 'this result'}`, ended.state === 'partial' ? 'warning' : 'info');
      await this.journal.flush();
      return ended;
    };
    try {
      return await scan(true).catch((error: unknown) => {
        // The stored content went away between asking for it and using it.
        if (error instanceof NotFoundError) return scan(false);
        throw error;
      });
    } catch (error) {
      throw opened.explain(error);
    }
  }

  #enter(stage: ScanStage): void {
    this.journal.enter(stage);
    this.#recorder.update(stage);
  }

  #follow(progress: ScanEngineProgress): void {
    const { stage, ...counts } = progress;
    this.journal.enter(stage);
    if (stage === 'pull') {
      const words = pullWords(this.#pulled, progress);
      if (words !== undefined) this.journal.add(...words);
      this.#pulled = progress;
    }
    // Only the pull counts layers and bytes; what it reached stays shown during the stages after it.
    this.#recorder.update(stage, stage === 'pull' ? counts : {});
  }

  /** Writes the progress reached. */
  stop(): Promise<void> {
    return this.#recorder.finish();
  }
}

function requestOf(image: TrackedImageRecord) {
  return {
    image: { name: image.name, ...(image.tag === undefined ? {} : { tag: image.tag }) },
    ...(image.platform === undefined ? {} : { platform: parsePlatform(image.platform) }),
  };
}
