import type { ImageLayer } from '@esscm/oci-client';
import { readLayer, serialiseLayerFacts } from '@esscm/sbom';
import type { CatalogueLimits } from '@esscm/sbom';
import type { LayerReader } from './layer-reader.js';

/** Reads layers on the calling thread. */
export function createInlineLayerReader(limits: Partial<CatalogueLimits>): LayerReader {
  return {
    async read(layer, { keys, signal, onBytes }) {
      const facts = await readLayer(countingLayer(layer, onBytes), { keys, signal, limits });
      return serialiseLayerFacts(facts);
    },
  };
}

function countingLayer(layer: ImageLayer, onBytes: (bytes: number) => void) {
  return {
    digest: layer.digest,
    diffId: layer.diffId,
    mediaType: layer.mediaType,
    sizeBytes: layer.sizeBytes,
    open: async (signal: AbortSignal) => {
      const stream = await layer.open(signal);
      stream.on('data', (chunk: Uint8Array) => onBytes(chunk.byteLength));
      // A second listener must not start the flow before the reader is there to take the bytes.
      stream.pause();
      return stream;
    },
  };
}
