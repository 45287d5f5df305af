import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatSize } from '../../formats/format-size.js';

/** "18 images, 4 tracked, 3.3 GB"; without a size where one is not known. */
export function imagesTogether(count: number, together: { readonly trackedImageCount: number; readonly sizeBytes?: string | null } | undefined): string {
  if (together === undefined || count === 0) return formatQuantity(count, 'image');
  const size = together.sizeBytes == null ? '' : `, ${formatSize(together.sizeBytes)}`;
  return `${formatQuantity(count, 'image')}, ${formatCount(together.trackedImageCount)} tracked${size}`;
}
