import { availableParallelism } from 'node:os';
import type { CatalogueLimits } from '@esscm/sbom';
import { ScanEngineError } from '../errors.js';
import { createInlineLayerReader } from './inline-layer-reader.js';
import type { LayerReader } from './layer-reader.js';
import { ReadingThread } from './reading-thread.js';

export interface LayerReaderPool extends LayerReader, AsyncDisposable {
  /** Layers that can be read at the same time. */
  readonly size: number;
  /** Threads there are at this moment. */
  readonly threads: number;
  /** Reads on the calling thread instead. */
  readonly inline: LayerReader;
}

export interface LayerReaderPoolOptions {
  readonly workers: number | undefined;
  readonly limits: Partial<CatalogueLimits>;
  /** Whether threads stay for the next image; otherwise one that finds no layer to read is ended at once, and none is there when facts are merged. */
  readonly keepThreads: boolean;
}

/** Longer than a thread waits for its next layer while the facts of the last are kept. */
const betweenLayersMs = 250;

/** Threads that read layers, started when first needed. Who wants one waits for a free one in the order they came. */
export function createLayerReaderPool(options: LayerReaderPoolOptions): LayerReaderPool {
  // Two even on one core: object stores limit a connection's speed, so a second one is worth more than a second core.
  const size = options.workers ?? Math.min(Math.max(availableParallelism(), 2), 4);
  const threads = Array.from({ length: size }, () => new ReadingThread(options.limits, options.keepThreads ? {} : { idleAfterMs: betweenLayersMs }));
  const inline = createInlineLayerReader(options.limits);
  const free = [...threads];
  const waiting: { take: (thread: ReadingThread) => void; refuse: (error: Error) => void }[] = [];
  let closed = false;

  const acquire = async (signal: AbortSignal): Promise<ReadingThread> => {
    if (closed) throw closedError();
    const thread = free.pop();
    if (thread !== undefined) return thread;
    const { promise, resolve, reject } = Promise.withResolvers<ReadingThread>();
    const place = { take: resolve, refuse: reject };
    waiting.push(place);
    const leave = () => {
      const index = waiting.indexOf(place);
      if (index >= 0) waiting.splice(index, 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };

  const withThread = async <Result>(signal: AbortSignal, task: (thread: ReadingThread) => Promise<Result>): Promise<Result> => {
    const thread = await acquire(signal);
    try {
      return await task(thread);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free.push(thread);
      else next.take(thread);
    }
  };

  return {
    size,
    get threads() {
      return threads.filter(({ isStarted }) => isStarted).length;
    },
    inline,
    read: (layer, request) => withThread(request.signal, (thread) => thread.read(layer, request)),
    async merge(request, signal) {
      if (options.keepThreads) return withThread(signal, (thread) => thread.merge(request, signal));
      // Here the catalogue crosses no threads, and the heaps of those that read are gone before it is made.
      await Promise.all(free.map((thread) => thread.close()));
      return inline.merge(request, signal);
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      for (const place of waiting.splice(0)) place.refuse(closedError());
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

function closedError(): ScanEngineError {
  return new ScanEngineError('closed', 'The scan engine was closed while the scan was running.');
}
