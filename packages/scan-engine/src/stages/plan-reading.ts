import type { ImageLayer } from '@esscm/oci-client';

export interface ReadingPlan {
  /** Layers read at the same time. */
  readonly readers: number;
  /** Whether each reader has its layer uncompressed on another thread while it looks at what came before. */
  readonly inflateAhead: boolean;
}

/** Uncompressing is a little more than half of the work on a layer: a layer this much larger than the others together is better split than read beside them. */
const dominantShare = 0.55;

/** Below, a second core is busy for too short to be worth the memory of what is uncompressed ahead. */
const dominantBytes = 64 * 1024 * 1024;

/**
 * How to keep the cores busy with the layers to be read. A thread a layer is cheapest, but where one layer is most of the
 * image, the other threads soon have nothing to do; then one thread reads all layers, largest first, and has them
 * uncompressed ahead. A thread less to start also saves its memory and its compiling.
 *
 * @param layers largest first
 * @param concurrency threads that may be used; one means one core
 */
export function planReading(layers: readonly Pick<ImageLayer, 'sizeBytes' | 'file'>[], concurrency: number): ReadingPlan {
  const total = layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const largest = layers[0]?.sizeBytes ?? 0;
  const inflateAhead = concurrency > 1 && largest >= dominantBytes && largest > total * dominantShare;
  // A registry gives each connection so many bytes a second: there a second reader is worth more than what it costs.
  const isLocal = layers.every(({ file }) => file !== undefined);
  return { readers: inflateAhead && isLocal ? 1 : Math.min(concurrency, layers.length), inflateAhead };
}

/**
 * Whether another thread would only cost its start: for an image of few bytes, and for one with few beside a largest layer that
 * is not to be uncompressed ahead. One thread reads that from its beginning to its end, while others had next to nothing to do.
 *
 * @param layers in any order
 * @param fewBytes compressed; 0 where the calling thread is not to read at all
 */
export function readsOnCallingThread(layers: readonly Pick<ImageLayer, 'sizeBytes'>[], fewBytes: number): boolean {
  const sizes = layers.map(({ sizeBytes }) => sizeBytes);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const largest = Math.max(0, ...sizes);
  return total < fewBytes || (total - largest < fewBytes && largest < dominantBytes);
}
