import type { LayerReader, MergeOutcome, ReadFacts } from '../layers/layer-reader.js';
import type { LayerStack } from '../layers/layer-stack.js';
import type { ScanEngineProgress, ScanScope } from '../scan-request.js';

export interface CatalogueRequest {
  readonly stack: LayerStack;
  /** By diffID. */
  readonly facts: ReadonlyMap<string, ReadFacts>;
  readonly reader: LayerReader;
  readonly scope: ScanScope;
  /** Whether what the layers hold together is wanted as a fact to keep, too. */
  readonly keepContents: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: ((progress: ScanEngineProgress) => void) | undefined;
}

/** After `pull`: facts of the layers to one catalogue of the image. Storing and exporting it are the caller's. */
export async function catalogue({ stack, facts, reader, scope, keepContents, signal, onProgress }: CatalogueRequest): Promise<MergeOutcome> {
  const layersTotal = facts.size;
  onProgress?.({ stage: 'catalogue', layersDone: layersTotal, layersTotal, layersCached: 0, bytesDone: 0, bytesTotal: 0 });
  const ofLayers = stack.layers.map(({ diffId }) => facts.get(diffId) ?? new Map<string, Uint8Array>());
  return reader.merge({ ...stack, facts: ofLayers, scope, keepContents }, signal);
}
