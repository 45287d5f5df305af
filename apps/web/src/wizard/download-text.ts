import { formatQuantity } from '../formats/format-count.js';
import { formatSize } from '../formats/format-size.js';

/** What manifests say that images need together. */
export interface SelectedLayers {
  readonly sharedLayerCount: number;
  /** Decimal text: each layer once. */
  readonly sizeBytes: string;
  readonly unreadCount: number;
}

/** "61 layers shared, at most 2.6 GB to download": layers of images scanned before are not downloaded again. Without the manifests, at most the sizes that were listed. */
export function downloadText(layers: SelectedLayers | undefined, listedBytes: number | undefined, from: string | undefined): string {
  const source = from === undefined || from === '' ? '' : ` from ${from}`;
  if (layers === undefined || layers.unreadCount > 0) return listedBytes === undefined ? 'size unknown' : `at most ${formatSize(listedBytes)} to download${source}`;
  const shared = layers.sharedLayerCount === 0 ? '' : `${formatQuantity(layers.sharedLayerCount, 'layer')} shared, `;
  return `${shared}at most ${formatSize(layers.sizeBytes)} to download${source}`;
}
