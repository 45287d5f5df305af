import type { StoredLayer } from '@esscm/registry-core';

/** What images need together. */
export interface LayerTotals {
  /** Different layers. */
  readonly layerCount: number;
  /** Those that more than one of the images has. */
  readonly sharedLayerCount: number;
  /** Of the different layers: what a download of all images comes to at most. */
  readonly sizeBytes: number;
}

/** Adds up the layers of images, each layer once. A layer that one image names twice is not shared by that. */
export function layerTotals(images: readonly (readonly StoredLayer[])[]): LayerTotals {
  const layers = new Map<string, { readonly sizeBytes: number; readonly imageCount: number }>();
  for (const image of images) {
    for (const [digest, sizeBytes] of new Map(image.map((layer) => [layer.digest, layer.sizeBytes]))) {
      layers.set(digest, { sizeBytes, imageCount: (layers.get(digest)?.imageCount ?? 0) + 1 });
    }
  }
  const all = [...layers.values()];
  return {
    layerCount: all.length,
    sharedLayerCount: all.filter(({ imageCount }) => imageCount > 1).length,
    sizeBytes: all.reduce((sum, layer) => sum + layer.sizeBytes, 0),
  };
}
