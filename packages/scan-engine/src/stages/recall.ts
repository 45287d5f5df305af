import { catalogueOfStack, chainId, stackContentsKey } from '@esscm/sbom/scan';
import type { Catalogue, FactStore } from '@esscm/sbom';
import type { LayerStack } from '../layers/layer-stack.js';
import type { ScanEngineProgress, ScanScope } from '../scan-request.js';

interface KeptStack {
  readonly stack: LayerStack;
  readonly facts: FactStore;
  readonly scope: ScanScope;
}

export interface RecallRequest extends KeptStack {
  readonly onProgress: ((progress: ScanEngineProgress) => void) | undefined;
}

/**
 * Second stage: the catalogue of an image whose layers have been put together before, in this order, for whatever image: no
 * fact of a layer is read for it. What follows is `pull`, or, with a catalogue, `match`.
 */
export async function recall({ stack, facts, scope, onProgress }: RecallRequest): Promise<Catalogue | undefined> {
  const chain = chainId(stack.layers.map(({ diffId }) => diffId));
  if (chain === undefined) return undefined;
  const key = stackContentsKey(scope);
  const kept = (await facts.read(chain, [key])).get(key);
  const catalogue = kept === undefined ? undefined : catalogueOfStack(stack.image, stack.layers, kept);
  if (catalogue !== undefined) {
    const layers = new Set(stack.layers.map(({ diffId }) => diffId)).size;
    onProgress?.({ stage: 'pull', layersDone: layers, layersTotal: layers, layersCached: layers, bytesDone: 0, bytesTotal: 0 });
  }
  return catalogue;
}

/** Keeps what {@link recall} finds the next time. */
export async function remember({ stack, facts, scope }: KeptStack, contents: Uint8Array): Promise<void> {
  const chain = chainId(stack.layers.map(({ diffId }) => diffId));
  if (chain !== undefined) await facts.write(chain, new Map([[stackContentsKey(scope), contents]]));
}
