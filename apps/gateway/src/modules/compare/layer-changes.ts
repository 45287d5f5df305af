import type { ContentLayerRecord } from '@esscm/store';

/** A layer of either image: at which place it stands in each, absent when it is not there. */
export interface LayerChangeRecord {
  readonly diffId: string;
  readonly fromIndex?: number;
  readonly toIndex?: number;
  readonly createdBy?: string;
  readonly sizeBytes: number;
  readonly componentCount: number;
}

/** Layers of both images in build order: those of the older image that are gone stand before what took their place. */
export function layerChanges(from: readonly ContentLayerRecord[], to: readonly ContentLayerRecord[]): readonly LayerChangeRecord[] {
  const rows: LayerChangeRecord[] = [];
  let next = 0;
  for (const layer of to) {
    const place = from.findIndex(({ diffId }, index) => index >= next && diffId === layer.diffId);
    if (place === -1) {
      rows.push({ ...facts(layer), toIndex: layer.index });
      continue;
    }
    rows.push(...from.slice(next, place).map(gone));
    rows.push({ ...facts(layer), fromIndex: from[place]?.index ?? place, toIndex: layer.index });
    next = place + 1;
  }
  return [...rows, ...from.slice(next).map(gone)];
}

function gone(layer: ContentLayerRecord): LayerChangeRecord {
  return { ...facts(layer), fromIndex: layer.index };
}

function facts({ diffId, createdBy, sizeBytes, componentCount }: ContentLayerRecord) {
  return { diffId, sizeBytes, componentCount, ...(createdBy !== undefined && { createdBy }) };
}
