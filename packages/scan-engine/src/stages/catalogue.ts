import type { Digest, DiffId, ResolvedImage } from '@esscm/oci-client';
import { deserialiseLayerFacts, mergeCatalogue } from '@esscm/sbom';
import type { Catalogue } from '@esscm/sbom';
import type { SerialisedFacts } from '../layers/layer-reader.js';
import { ScanEngineError } from '../errors.js';
import type { ScanEngineProgress } from '../scan-engine.js';

export interface CatalogueRequest {
  readonly image: ResolvedImage;
  readonly digest: Digest;
  readonly name: { readonly name: string; readonly tag?: string };
  readonly facts: ReadonlyMap<DiffId, SerialisedFacts>;
  readonly onProgress: ((progress: ScanEngineProgress) => void) | undefined;
}

/** Last stage here: facts of the layers to one catalogue of the image. Storing and exporting it are the caller's. */
export function catalogue(request: CatalogueRequest): Catalogue {
  const { image } = request;
  const layersTotal = request.facts.size;
  request.onProgress?.({ stage: 'catalogue', layersDone: layersTotal, layersTotal, layersCached: 0, bytesDone: 0, bytesTotal: 0 });
  const facts = image.layers.map((layer) => {
    const serialised = request.facts.get(layer.diffId);
    if (serialised === undefined) throw new ScanEngineError('facts-missing', `No facts of layer ${layer.diffId} were read.`);
    return deserialiseLayerFacts(layer.diffId, serialised);
  });
  const { created, labels } = image.configuration;
  return mergeCatalogue(
    {
      ...request.name,
      digest: request.digest,
      platform: image.platform,
      labels,
      ...(created === undefined ? {} : { created }),
    },
    image.layers,
    facts,
  );
}
