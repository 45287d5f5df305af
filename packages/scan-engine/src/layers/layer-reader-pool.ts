import { availableParallelism } from 'node:os';
import type { CatalogueLimits } from '@esscm/sbom';
import { ScanEngineError } from '../errors.js';
import { createInlineLayerReader } from './inline-layer-reader.js';
import type { LayerReader } from './layer-reader.js';
import { ReadingThread } from './reading-thread.js';

export interface LayerReaderPool extends LayerReader, AsyncDisposable {
  /** Layers that can be read at the same time. */
  readonly size: number;
  /** Reads on the calling thread instead. */
  readonly inline: LayerReader;
}

/** Threads that read layers, started when first needed and kept. Readers wait for a free one in the order they came. */
export function createLayerReaderPool(options: { workers: number | undefined; limits: Partial<CatalogueLimits> }): LayerReaderPool {
  // Two even on one core: object stores limit a connection's speed, so a second one is worth more than a second core.
  const size = options.workers ?? Math.min(Math.max(availableParallelism(), 2), 4);
  const threads = Array.from({ length: size }, () => new ReadingThread(options.limits));
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
    inline: createInlineLayerReader(options.limits),
    read: (layer, request) => withThread(request.signal, (thread) => thread.read(layer, request)),
    merge: (request, signal) => withThread(signal, (thread) => thread.merge(request, signal)),
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
