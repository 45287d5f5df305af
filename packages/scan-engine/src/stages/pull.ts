import { OciError } from '@esscm/oci-client/local';
import type { DiffId, ImageLayer, ResolvedImage } from '@esscm/oci-client';
import { absentLayerFacts, factKeys } from '@esscm/sbom/scan';
import type { FactStore } from '@esscm/sbom';
import type { LayerReader, ReadFacts, SerialisedFacts } from '../layers/layer-reader.js';
import type { SharedReads } from '../layers/shared-reads.js';
import { planReading } from './plan-reading.js';
import type { ScanEngineProgress } from '../scan-request.js';

export interface PullRequest {
  readonly image: ResolvedImage;
  /** Absent when nothing is kept. */
  readonly facts: FactStore | undefined;
  /** Layers (diffIDs) whose kept facts are not to be used. */
  readonly distrusted: ReadonlySet<string>;
  readonly reads: SharedReads;
  readonly reader: LayerReader;
  /** Reads here, beside threads, where that is worth it; absent where this thread has others to serve. */
  readonly callingThread: LayerReader | undefined;
  /** Layers opened at the same time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly onProgress: ((progress: ScanEngineProgress) => void) | undefined;
}

/**
 * Third stage: the facts of every layer, from an earlier scan or by reading the layer now, largest first. Facts are
 * kept as soon as a layer is whole, so that a scan begun again reads only what is missing. What follows is `catalogue`.
 */
export async function pull(request: PullRequest): Promise<ReadonlyMap<DiffId, ReadFacts>> {
  const wanted = factKeys();
  const layers = distinctByDiffId(request.image.layers);
  const found = new Map<DiffId, ReadFacts>();
  const missing: { layer: ImageLayer; keys: readonly string[]; kept: SerialisedFacts }[] = [];
  for (const layer of layers) {
    const kept = request.distrusted.has(layer.diffId) ? undefined : await request.facts?.read(layer.diffId, wanted);
    const keys = wanted.filter((key) => kept?.has(key) !== true);
    if (kept !== undefined && keys.length === 0) found.set(layer.diffId, kept);
    else missing.push({ layer, keys, kept: kept ?? new Map() });
  }

  const bytesTotal = missing.reduce((total, { layer }) => total + layer.sizeBytes, 0);
  const layersCached = found.size;
  let bytesDone = 0;
  const report = () =>
    request.onProgress?.({ stage: 'pull', layersDone: found.size, layersTotal: layers.length, layersCached, bytesDone, bytesTotal });
  report();

  // One failed layer fails the image: the other readers stop at once instead of pulling bytes for nothing.
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, stop.signal]);
  const queue = missing.toSorted((one, other) => other.layer.sizeBytes - one.layer.sizeBytes);
  const { readers, inflatedAhead, firstOnCallingThread } = planReading(queue.map(({ layer }) => layer), request.concurrency);
  const readWith = async (reader: LayerReader): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { layer, keys, kept } = next;
      if (layer.foreign && !(await isDistributed(layer, signal))) {
        found.set(layer.diffId, absentLayerFacts(layer.diffId, notDistributed));
        bytesDone += layer.sizeBytes;
        report();
        continue;
      }
      let reported = 0;
      const read = await request.reads.read(layer.diffId, keys, signal, async () => {
        const cataloguers = cataloguersOf(keys);
        const facts = await reader.read(layer, {
          ...(cataloguers === undefined ? {} : { cataloguers }),
          // Facts kept under this diffID were made by a reading that had proved it.
          verifyDiffId: kept.size === 0,
          inflateAhead: layer === inflatedAhead,
          serialised: request.facts !== undefined,
          signal,
          onBytes: (bytes) => {
            reported += bytes;
            bytesDone += bytes;
            report();
          },
        });
        if (!('paths' in facts)) await request.facts?.write(layer.diffId, facts);
        return facts;
      });
      found.set(layer.diffId, 'paths' in read ? read : new Map([...kept, ...read]));
      bytesDone += layer.sizeBytes - reported;
      report();
    }
  };
  try {
    const callingThread = firstOnCallingThread ? request.callingThread : undefined;
    await Promise.all(Array.from({ length: readers }, (_, index) => readWith((index === 0 ? callingThread : undefined) ?? request.reader).catch((error: unknown) => {
      stop.abort();
      throw error;
    })));
  } catch (error) {
    request.signal.throwIfAborted();
    throw error;
  }
  return found;
}

/** What is put together without a layer that the registry has no copy of is not to be kept: it may be there the next time. */
export const notDistributed = {
  code: 'layer-not-distributed',
  severity: 'incomplete',
  message: 'The layer may not be distributed, and the registry has no copy of it, so what is in it is missing here. Its address elsewhere is not followed. Push the image with such layers to have them read.',
} as const;

/** Whether a layer that need not be in the registry is there. */
async function isDistributed(layer: ImageLayer, signal: AbortSignal): Promise<boolean> {
  try {
    (await layer.open(signal)).destroy();
    return true;
  } catch (error) {
    if (error instanceof OciError && error.code === 'unsupported') return false;
    throw error;
  }
}

/** Cataloguers behind fact keys such as `dpkg@1`; undefined, all of them, when the path table is missing. */
function cataloguersOf(keys: readonly string[]): readonly string[] | undefined {
  const names = keys.map((key) => key.slice(0, key.lastIndexOf('@')));
  return names.includes('paths') ? undefined : names;
}

/** The same layer may stand in an image twice; it is read once. */
function distinctByDiffId(layers: readonly ImageLayer[]): readonly ImageLayer[] {
  return [...new Map(layers.map((layer) => [layer.diffId, layer])).values()];
}
