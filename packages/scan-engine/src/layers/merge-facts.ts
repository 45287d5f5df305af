import { deserialiseLayerFacts, mergeAllLayers, mergeCatalogue, serialiseStackContents } from '@esscm/sbom/scan';
import type { CatalogueLimits, LayerFacts } from '@esscm/sbom';
import type { MergeOutcome, MergeRequest } from './layer-reader.js';

/**
 * Facts as they are kept -> catalogue, on the calling thread.
 * @throws SbomError of code `limit`
 */
export function mergeFacts({ image, layers, facts, scope, keepContents }: MergeRequest, limits: Partial<CatalogueLimits>): MergeOutcome {
  const read: LayerFacts[] = [];
  const unreadable: string[] = [];
  for (const [index, layer] of layers.entries()) {
    const ofLayer = facts[index] ?? new Map<string, Uint8Array>();
    if ('paths' in ofLayer) {
      read.push(ofLayer);
      continue;
    }
    const { facts: layerFacts, missing } = deserialiseLayerFacts(layer.diffId, ofLayer);
    if (layerFacts === undefined || missing.length > 0) unreadable.push(layer.diffId);
    else read.push(layerFacts);
  }
  if (unreadable.length > 0) return { kind: 'unreadable', diffIds: unreadable };
  const catalogue = (scope === 'all-layers' ? mergeAllLayers : mergeCatalogue)(image, layers, read, limits);
  return { kind: 'merged', catalogue, ...(keepContents ? { contents: serialiseStackContents(catalogue) } : {}) };
}
