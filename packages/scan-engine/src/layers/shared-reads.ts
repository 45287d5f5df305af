import type { DiffId } from '@esscm/oci-client';
import type { ReadFacts } from './layer-reader.js';

/**
 * Lets scans that run at the same time share the reading of a layer: the first reads, the others wait for it. When the
 * first is cancelled or fails, one of those waiting reads in its place, so that no scan fails for another's reason.
 */
export class SharedReads {
  readonly #running = new Map<string, Promise<ReadFacts>>();

  async read(diffId: DiffId, keys: readonly string[], signal: AbortSignal, read: () => Promise<ReadFacts>): Promise<ReadFacts> {
    const name = `${diffId} ${keys.join(' ')}`;
    for (;;) {
      signal.throwIfAborted();
      const other = this.#running.get(name);
      if (other === undefined) break;
      const facts = await settled(other, signal);
      if (facts !== undefined) return facts;
    }
    const own = read();
    this.#running.set(name, own);
    try {
      return await own;
    } finally {
      this.#running.delete(name);
    }
  }
}

/** The facts, or undefined when the other reader failed. Stops waiting when the signal says so. */
async function settled(reading: Promise<ReadFacts>, signal: AbortSignal): Promise<ReadFacts | undefined> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([reading.catch(() => undefined), aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
