import type { Digest, DiffId, ResolvedImage } from '@esscm/oci-client';
import type { LayerReader, MergeOutcome, SerialisedFacts } from '../layers/layer-reader.js';
import type { ScanEngineProgress, ScanScope } from '../scan-request.js';

export interface CatalogueRequest {
  readonly image: ResolvedImage;
  readonly digest: Digest;
  readonly name: { readonly name: string; readonly tag?: string };
  readonly facts: ReadonlyMap<DiffId, SerialisedFacts>;
  readonly reader: LayerReader;
  readonly scope: ScanScope;
  readonly signal: AbortSignal;
  readonly onProgress: ((progress: ScanEngineProgress) => void) | undefined;
}

/** Last stage here: facts of the layers to one catalogue of the image. Storing and exporting it are the caller's. */
export async function catalogue(request: CatalogueRequest): Promise<MergeOutcome> {
  const { image } = request;
  const layersTotal = request.facts.size;
  request.onProgress?.({ stage: 'catalogue', layersDone: layersTotal, layersTotal, layersCached: 0, bytesDone: 0, bytesTotal: 0 });
  const { created, labels, history } = image.configuration;
  return request.reader.merge(
    {
      image: {
        ...request.name,
        digest: request.digest,
        platform: image.platform,
        labels,
        history: history.map(({ createdBy, emptyLayer }) => ({ emptyLayer, ...(createdBy === undefined ? {} : { createdBy }) })),
        ...(created === undefined ? {} : { created }),
      },
      layers: image.layers.map(({ digest, diffId, mediaType, sizeBytes, createdBy }) => ({
        digest,
        diffId,
        mediaType,
        sizeBytes,
        ...(createdBy === undefined ? {} : { createdBy }),
      })),
      facts: image.layers.map((layer) => request.facts.get(layer.diffId) ?? new Map()),
      scope: request.scope,
    },
    request.signal,
  );
}
