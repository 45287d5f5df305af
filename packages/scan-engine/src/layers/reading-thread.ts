import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ImageLayer } from '@esscm/oci-client';
import { SbomError } from '@esscm/sbom';
import type { CatalogueLimits } from '@esscm/sbom';
import { ScanEngineError } from '../errors.js';
import type { LayerReadRequest, SerialisedFacts } from './layer-reader.js';
import { sendLayer } from './send-layer.js';
import type { FromReader, ReaderFailure, ToReader } from './layer-reader-protocol.js';

// The built entry, also when this file itself runs from source: a thread cannot start from TypeScript.
const entry = createRequire(import.meta.url).resolve('@esscm/scan-engine/layer-reader-worker');

/** Old-space megabytes of one reading thread; the facts of the largest layers known take a tenth of it. */
const memoryLimitMb = 1024;

/** A thread that makes no headway for this long is ended: some input keeps a parser busy for ever. */
const stuckAfterMs = 120_000;

/** One thread and the layer it is reading, if any. */
export class ReadingThread {
  readonly #limits: Partial<CatalogueLimits>;
  #worker: Worker | undefined;
  #reads = 0;

  constructor(limits: Partial<CatalogueLimits>) {
    this.#limits = limits;
  }

  /** Reads one layer; the caller gives it the next only when this one has settled. */
  async read(layer: ImageLayer, request: LayerReadRequest): Promise<SerialisedFacts> {
    request.signal.throwIfAborted();
    const source = await layer.open(request.signal);
    const worker = (this.#worker ??= this.#start());
    const read = ++this.#reads;
    const { promise, resolve, reject } = Promise.withResolvers<SerialisedFacts>();
    let stuck: NodeJS.Timeout | undefined;
    const post = (message: ToReader, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);

    const sender = sendLayer(source, {
      send: (bytes) => post({ type: 'bytes', read, bytes }, [bytes.buffer]),
      end: () => post({ type: 'end', read }),
      fail: (error) => {
        post({ type: 'stop', read });
        reject(error);
      },
      onBytes: request.onBytes,
    });
    const heardFrom = () => {
      clearTimeout(stuck);
      if (!sender.waitingForReader()) return;
      stuck = setTimeout(() => {
        reject(new ScanEngineError('reader-stuck', `Reading layer ${layer.digest} made no headway for ${stuckAfterMs / 1000} seconds and was ended.`));
        void this.close();
      }, stuckAfterMs);
    };
    const onMessage = (message: FromReader) => {
      if (message.read !== read) return;
      switch (message.type) {
        case 'taken':
          sender.taken(message.bytes);
          break;
        case 'facts':
          resolve(message.facts);
          break;
        case 'failed':
          reject(restore(message.error));
          break;
      }
      heardFrom();
    };
    const onExit = () => {
      this.#worker = undefined;
      reject(new ScanEngineError('reader-ended', `The thread reading layer ${layer.digest} ended before the layer did; it may have run out of memory.`));
    };
    const onError = (error: unknown) => {
      this.#worker = undefined;
      reject(new ScanEngineError('reader-ended', `The thread reading layer ${layer.digest} failed.`, { cause: error }));
    };
    worker.on('message', onMessage).on('exit', onExit).on('error', onError);
    post({
      type: 'read',
      read,
      layer: { digest: layer.digest, diffId: layer.diffId, mediaType: layer.mediaType, sizeBytes: layer.sizeBytes },
      keys: request.keys,
      limits: this.#limits,
    });
    sender.start();
    worker.ref();
    try {
      return await promise;
    } finally {
      clearTimeout(stuck);
      sender.stop();
      source.destroy();
      worker.off('message', onMessage).off('exit', onExit).off('error', onError);
      // An idle thread does not keep the process alive.
      worker.unref();
    }
  }

  /** Ends the thread at once; a read still running fails. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    return new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb } });
  }
}

function restore(failure: ReaderFailure): Error {
  const code = failure.name === 'SbomError' ? SbomError.parseCode(failure.code) : undefined;
  if (code === undefined) return new ScanEngineError('reader-ended', `A layer could not be read: ${failure.message}`);
  return new SbomError(code, failure.message);
}
