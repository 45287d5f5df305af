import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ImageLayer } from '@esscm/oci-client';
import { catalogueOfStack, SbomError } from '@esscm/sbom/scan';
import type { CatalogueLimits, SbomErrorCode } from '@esscm/sbom';
import { ScanEngineError } from '../errors.js';
import type { LayerReader, LayerReadRequest, MergeOutcome, MergeRequest, SerialisedFacts } from './layer-reader.js';
import type { FromReader, ReaderFailure, ToReader } from './layer-reader-protocol.js';
import { LayerTransfer } from './layer-transfer.js';
import { createLayerWindow, type LayerWindow } from './layer-window.js';

/** The built entry, also when this file itself runs from source: a thread cannot start from TypeScript. */
function findEntry(): string {
  return createRequire(import.meta.url).resolve('@esscm/scan-engine/layer-reader-worker');
}

/** Old-space megabytes of one reading thread; the facts of the largest layers known take a tenth of it. */
const memoryLimitMb = 1024;

/** Of short-lived objects: more than this saves no time and only makes each thread larger. */
const youngMemoryMb = 8;

/** A thread that makes no headway for this long is ended: some input keeps a parser busy for ever. */
const stuckAfterMs = 120_000;

/** A thread with nothing to do for this long is ended and its heap released; starting one takes 50 ms. How much of it the process gives back to the system is up to the allocator. */
const idleAfterMs = 30_000;

/** One thread and its task, if it has one. The caller gives it the next task only when the last has settled. */
export class ReadingThread implements LayerReader {
  readonly #limits: Partial<CatalogueLimits>;
  #running: { readonly worker: Worker; readonly window: LayerWindow } | undefined;
  readonly #idleAfterMs: number;
  #idle: NodeJS.Timeout | undefined;
  #tasks = 0;

  constructor(limits: Partial<CatalogueLimits>, options: { readonly idleAfterMs?: number } = {}) {
    this.#limits = limits;
    this.#idleAfterMs = options.idleAfterMs ?? idleAfterMs;
  }

  /** Whether there is a thread: from the first task until it has been idle for long. */
  get isStarted(): boolean {
    return this.#running !== undefined;
  }

  async read(layer: ImageLayer, request: LayerReadRequest): Promise<SerialisedFacts> {
    if (layer.file !== undefined) {
      try {
        return await this.#readFile(layer, layer.file, request);
      } catch (error) {
        // A file that is not as promised: the source says better what is wrong with it.
        if (!(error instanceof UnreadableFile)) throw error;
      }
    }
    return this.#readSource(layer, request);
  }

  async #readFile(layer: ImageLayer, file: string, request: LayerReadRequest): Promise<SerialisedFacts> {
    request.signal.throwIfAborted();
    const task = ++this.#tasks;
    let taken = 0;
    const running = this.#run<SerialisedFacts>(task, `layer ${layer.digest}`, (message, settle) => {
      if (message.type === 'taken') {
        // A second pass over a layer does not count.
        request.onBytes(Math.max(0, Math.min(message.bytes, layer.sizeBytes - taken)));
        taken += message.bytes;
      }
      if (message.type === 'facts') settle.resolve(message.facts);
      if (message.type === 'failed' && message.error.name !== 'SbomError') settle.reject(new UnreadableFile());
      return true;
    });
    const stop = () => this.#post({ type: 'stop', task });
    request.signal.addEventListener('abort', stop, { once: true });
    try {
      this.#post(this.#readMessage(task, layer, file, request));
      return await running;
    } finally {
      request.signal.removeEventListener('abort', stop);
    }
  }

  async #readSource(layer: ImageLayer, request: LayerReadRequest): Promise<SerialisedFacts> {
    request.signal.throwIfAborted();
    const task = ++this.#tasks;
    const { window } = this.#start();
    const transfer = new LayerTransfer(layer, request, window, {
      bytes: (slot, bytes) => this.#post({ type: 'bytes', task, slot, bytes }),
      end: () => this.#post({ type: 'end', task }),
      stop: () => this.#post({ type: 'stop', task }),
    });
    try {
      const running = this.#run<SerialisedFacts>(task, `layer ${layer.digest}`, (message, settle) => {
        if (message.type === 'open') transfer.begin((error) => settle.reject(error));
        if (message.type === 'taken') transfer.taken(message.bytes);
        if (message.type === 'facts') settle.resolve(message.facts);
        return transfer.waitingForReader();
      });
      this.#post(this.#readMessage(task, layer, undefined, request));
      transfer.open();
      return await running;
    } finally {
      transfer.close();
    }
  }

  async merge(request: MergeRequest, signal: AbortSignal): Promise<MergeOutcome> {
    signal.throwIfAborted();
    const task = ++this.#tasks;
    const running = this.#run<MergeOutcome>(task, `the catalogue of ${request.image.name}`, (message, settle) => {
      if (message.type === 'merged') settle.resolve(message.outcome);
      if (message.type === 'contents') {
        const catalogue = catalogueOfStack(request.image, request.layers, message.contents);
        if (catalogue === undefined) settle.reject(new ScanEngineError('reader-ended', 'The reading thread runs other code than this one.'));
        else settle.resolve({ kind: 'merged', catalogue, contents: message.contents });
      }
      return true;
    });
    this.#post({ type: 'merge', task, request, limits: this.#limits });
    return running;
  }

  /** Ends the thread at once; a task still running fails. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const running = this.#running;
    this.#running = undefined;
    await running?.worker.terminate();
  }

  #readMessage(task: number, layer: ImageLayer, file: string | undefined, request: LayerReadRequest): ToReader {
    return {
      type: 'read',
      task,
      layer: { digest: layer.digest, diffId: layer.diffId, mediaType: layer.mediaType, sizeBytes: layer.sizeBytes },
      file,
      cataloguers: request.cataloguers,
      verifyDiffId: request.verifyDiffId,
      inflateAhead: request.inflateAhead,
      limits: this.#limits,
    };
  }

  /** Listens for a task's messages until it settles. `heard` says whether the thread owes the next move. */
  async #run<Result>(task: number, what: string, heard: (message: FromReader, settle: Settle<Result>) => boolean): Promise<Result> {
    const { worker } = this.#start();
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    let stuck: NodeJS.Timeout | undefined;
    const expectAnswer = () => {
      stuck = setTimeout(() => {
        reject(new ScanEngineError('reader-stuck', `Reading ${what} made no headway for ${stuckAfterMs / 1000} seconds and was ended.`));
        void this.close();
      }, stuckAfterMs);
    };
    const onMessage = (message: FromReader) => {
      if (message.task !== task) return;
      clearTimeout(stuck);
      const owesAnswer = heard(message, { resolve, reject });
      if (message.type === 'failed') reject(restore(message.error));
      else if (owesAnswer) expectAnswer();
    };
    const onExit = () => {
      this.#running = undefined;
      reject(new ScanEngineError('reader-ended', `The thread reading ${what} ended too early; it may have run out of memory.`));
    };
    const onError = (error: unknown) => {
      this.#running = undefined;
      reject(new ScanEngineError('reader-ended', `The thread reading ${what} failed.`, { cause: error }));
    };
    worker.on('message', onMessage).on('exit', onExit).on('error', onError);
    worker.ref();
    try {
      return await promise;
    } finally {
      clearTimeout(stuck);
      worker.off('message', onMessage).off('exit', onExit).off('error', onError);
      // An idle thread does not keep the process alive.
      worker.unref();
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => void this.close(), this.#idleAfterMs).unref();
    }
  }

  #start(): { readonly worker: Worker; readonly window: LayerWindow } {
    clearTimeout(this.#idle);
    if (this.#running !== undefined) return this.#running;
    const window = createLayerWindow();
    const worker = new Worker(findEntry(), { workerData: window.memory, resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb, maxYoungGenerationSizeMb: youngMemoryMb } });
    return (this.#running = { worker, window });
  }

  #post(message: ToReader): void {
    this.#running?.worker.postMessage(message);
  }
}

class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

interface Settle<Result> {
  resolve(result: Result): void;
  reject(error: unknown): void;
}

const sbomErrorCodes: ReadonlySet<string> = new Set<SbomErrorCode>(['corrupt-layer', 'diff-id-mismatch', 'limit', 'cancelled', 'invalid-catalogue']);

function restore(failure: ReaderFailure): Error {
  const { code, message, remedy } = failure;
  if (failure.name === 'SbomError' && code !== undefined && isSbomErrorCode(code)) {
    return new SbomError({ code, message, remedy: remedy ?? '' });
  }
  return new ScanEngineError('reader-ended', `The image could not be read: ${message}`);
}

function isSbomErrorCode(code: string): code is SbomErrorCode {
  return sbomErrorCodes.has(code);
}
