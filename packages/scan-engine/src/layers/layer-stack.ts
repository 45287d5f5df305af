import type { Digest, ResolvedImage } from '@esscm/oci-client';
import type { CataloguedLayer, ImageDescription } from '@esscm/sbom';

/** A resolved image as its catalogue speaks of it. */
export interface LayerStack {
  readonly image: ImageDescription;
  /** Base first. */
  readonly layers: readonly CataloguedLayer[];
}

/** @param name what the image is called in the catalogue */
export function layerStackOf(image: ResolvedImage, digest: Digest, name: { readonly name: string; readonly tag?: string }): LayerStack {
  const { created, labels, history } = image.configuration;
  return {
    image: {
      ...name,
      digest,
      platform: image.platform,
      labels,
      history: history.map(({ createdBy, emptyLayer }) => ({ emptyLayer, ...(createdBy === undefined ? {} : { createdBy }) })),
      ...(created === undefined ? {} : { created }),
    },
    layers: image.layers.map(({ digest: layerDigest, diffId, mediaType, sizeBytes, createdBy }) => ({
      digest: layerDigest,
      diffId,
      mediaType,
      sizeBytes,
      ...(createdBy === undefined ? {} : { createdBy }),
    })),
  };
}
