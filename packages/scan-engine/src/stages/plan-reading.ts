import type { ImageLayer } from '@esscm/oci-client';

export interface ReadingPlan<Layer> {
  /** Layers read at the same time. */
  readonly readers: number;
  /** The layer that is uncompressed on another thread while its reader looks at what came before. */
  readonly inflatedAhead: Layer | undefined;
  /**
   * Whether the calling thread, where it may, is better than another for the first reader: it has no heap to be made and its
   * code may be compiled already. Not where it would uncompress itself while bytes of others wait for it to pass them on.
   */
  readonly firstOnCallingThread: boolean;
}

/** Uncompressing is a little more than half of the work on a layer: a layer this much larger than the others together is better split than read by one thread beside them. */
const dominantShare = 0.55;

/**
 * Of the largest layer: below, a second core is busy for too short to be worth the memory of what is uncompressed ahead. Of the
 * others together: below, another thread reads for too short to be worth its heap and its compiling, 30 MB and 0.2 s.
 */
const worthwhileBytes = 64 * 1024 * 1024;

/**
 * How to keep the cores busy with the layers to be read. A thread a layer is cheapest, but where one layer is most of the
 * image, the other threads soon have nothing to do; then that layer is uncompressed ahead of its reader. Two cores are not quite
 * kept busy by that, so a second reader takes the other layers meanwhile, where they are worth starting one.
 *
 * @param layers largest first
 * @param concurrency threads that may be used; one means one core
 */
export function planReading<Layer extends Pick<ImageLayer, 'sizeBytes' | 'file'>>(layers: readonly Layer[], concurrency: number): ReadingPlan<Layer> {
  const total = layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const [largest] = layers;
  const most = Math.min(concurrency, layers.length);
  const isLocal = layers.every(({ file }) => file !== undefined);
  if (concurrency === 1 || largest === undefined || largest.sizeBytes < worthwhileBytes || largest.sizeBytes <= total * dominantShare) return { readers: most, inflatedAhead: undefined, firstOnCallingThread: isLocal || most === 1 };
  // A registry gives each connection so many bytes a second: there a second reader is worth more than what it costs.
  const enough = total - largest.sizeBytes < worthwhileBytes ? 1 : 2;
  return { readers: isLocal ? Math.min(enough, most) : most, inflatedAhead: largest, firstOnCallingThread: true };
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
  return total < fewBytes || (total - largest < fewBytes && largest < worthwhileBytes);
}
