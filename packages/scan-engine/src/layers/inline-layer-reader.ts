import { readLayer, SbomError, serialiseLayerFacts } from '@esscm/sbom/scan';
import type { CatalogueLimits, LayerSource } from '@esscm/sbom';
import { GatheredLayer } from './gathered-layer.js';
import { aheadChunkBytes, LayerFile } from './layer-file.js';
import type { LayerReader } from './layer-reader.js';
import { mergeFacts } from './merge-facts.js';

/** Reads and merges on the calling thread. */
export function createInlineLayerReader(limits: Partial<CatalogueLimits>): LayerReader {
  return {
    async read(layer, { cataloguers, verifyDiffId, serialised, inflateAhead, signal, onBytes }) {
      let reported = 0;
      const factsOf = (source: LayerSource) =>
        readLayer(source, {
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
      const { file, digest, sizeBytes } = layer;
      // A file is read without the detours of a stream of its own; where it is not as promised, the source says better what is wrong with it.
      const ofFile = file === undefined ? undefined : await factsOf({ ...layer, open: () => Promise.resolve(new LayerFile({ file, digest, sizeBytes, ...(inflateAhead && { chunkBytes: aheadChunkBytes }) })) }).catch(onlyForSource);
      const open = async (stop: AbortSignal) => {
        const source = await layer.open(stop);
        return inflateAhead ? new GatheredLayer(source, aheadChunkBytes) : source;
      };
      const facts = ofFile ?? (await factsOf({ ...layer, open }));
      return serialised ? serialiseLayerFacts(facts) : facts;
    },
    merge: async (request) => mergeFacts(request, limits),
  };
}

/** Passes on why a layer is not to be read again; undefined for what its source tells more exactly: a damaged stream may be another file than promised. */
function onlyForSource(error: unknown): undefined {
  if (error instanceof SbomError && error.code !== 'corrupt-layer') throw error;
}
