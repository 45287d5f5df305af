import type { Catalogue } from '../catalogue.js';
import { cancelled } from '../errors.js';
import type { FactStore } from '../fact-store.js';
import type { LayerSource } from '../layer-source.js';
import { combineLayerFacts, deserialiseLayerFacts, factKeys, serialiseLayerFacts } from '../layers/layer-facts-codec.js';
import type { LayerFacts } from '../layers/layer-facts.js';
import { readLayer } from '../layers/read-layer.js';
import type { CatalogueLimits } from '../limits.js';
import type { ImageDescription } from './describe-image.js';
import { mergeCatalogue } from './merge-catalogue.js';

/** How far the catalogue of an image is. */
export interface CatalogueProgress {
  /** Position of the layer, 0 for the base; `layerCount` with phase `merged`. */
  readonly layerIndex: number;
  readonly layerCount: number;
  /** `cached`: the layer's facts were known and it was not opened. */
  readonly phase: 'reading' | 'cached' | 'merged';
  /** Compressed bytes of this layer read so far; of all layers with phase `merged`. */
  readonly bytesRead: number;
  /** Compressed size of this layer; of all layers with phase `merged`. */
  readonly bytesTotal: number;
}

export interface CatalogueImageInput {
  readonly image: ImageDescription;
  /** Base first. */
  readonly layers: readonly LayerSource[];
  /** Without one every layer is read. */
  readonly facts?: FactStore;
  readonly signal: AbortSignal;
  readonly limits?: Partial<CatalogueLimits>;
  /** Whether layers read for the first time are checked against their diffID; true when absent. See `ReadLayerRequest`. */
  readonly verifyDiffId?: boolean;
  /** Called as often as chunks arrive; what it throws ends the reading. */
  onProgress?(event: CatalogueProgress): void;
}

/**
 * Catalogues an image in this thread, one layer after another. Facts of each layer are stored as soon as it is read.
 * @throws SbomError of code `corrupt-layer`, `diff-id-mismatch`, `limit` or `cancelled`; errors of layer sources and of the
 *   fact store unchanged.
 */
export async function catalogueImage(input: CatalogueImageInput): Promise<Catalogue> {
  const facts: LayerFacts[] = [];
  const known = new Map<string, LayerFacts>();
  let bytesRead = 0;
  for (const [layerIndex, layer] of input.layers.entries()) {
    const read =
      known.get(layer.diffId) ??
      (await factsOf(layer, input, (phase, layerBytesRead) => {
        input.onProgress?.({ layerIndex, layerCount: input.layers.length, phase, bytesRead: layerBytesRead, bytesTotal: layer.sizeBytes });
      }));
    known.set(layer.diffId, read);
    bytesRead += layer.sizeBytes;
    facts.push(read);
  }
  if (input.signal.aborted) throw cancelled(input.signal);
  const catalogue = mergeCatalogue(input.image, input.layers, facts, input.limits);
  const layerCount = input.layers.length;
  input.onProgress?.({ layerIndex: layerCount, layerCount, phase: 'merged', bytesRead, bytesTotal: bytesRead });
  return catalogue;
}

async function factsOf(
  layer: LayerSource,
  { facts: store, signal, limits, verifyDiffId = true }: CatalogueImageInput,
  report: (phase: 'reading' | 'cached', bytesRead: number) => void,
): Promise<LayerFacts> {
  const stored = store === undefined ? undefined : deserialiseLayerFacts(layer.diffId, await store.read(layer.diffId, factKeys()));
  if (stored?.facts !== undefined && stored.missing.length === 0) {
    report('cached', 0);
    return stored.facts;
  }
  const fresh = await readLayer(layer, {
    ...(stored === undefined ? {} : { cataloguers: stored.missing }),
    signal,
    ...(limits === undefined ? {} : { limits }),
    // Facts under this diffID were stored by a reading that had proved it.
    verifyDiffId: verifyDiffId && stored?.facts === undefined,
    onBytesRead: (bytesRead) => report('reading', bytesRead),
  });
  await store?.write(layer.diffId, serialiseLayerFacts(fresh));
  return combineLayerFacts(stored?.facts, fresh);
}
