import { readLayer, serialiseLayerFacts } from '@esscm/sbom/scan';
import type { CatalogueLimits } from '@esscm/sbom';
import type { LayerReader } from './layer-reader.js';
import { mergeFacts } from './merge-facts.js';

/** Reads and merges on the calling thread. */
export function createInlineLayerReader(limits: Partial<CatalogueLimits>): LayerReader {
  return {
    async read(layer, { cataloguers, verifyDiffId, serialised, inflateAhead, signal, onBytes }) {
      let reported = 0;
      const facts = await readLayer(layer, {
        ...(cataloguers === undefined ? {} : { cataloguers }),
        verifyDiffId,
        inflateAhead,
        signal,
        limits,
        onBytesRead: (bytesRead) => {
          onBytes(bytesRead - reported);
          reported = bytesRead;
        },
      });
      return serialised ? serialiseLayerFacts(facts) : facts;
    },
    merge: async (request) => mergeFacts(request, limits),
  };
}
