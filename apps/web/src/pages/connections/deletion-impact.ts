import { formatQuantity } from '../../formats/format-count.js';

interface DeletionImpact {
  readonly images: number;
  readonly results: number;
  readonly selections: number;
}

/** What goes with a connection: "37 images and their results, and 2 rules". */
export function deletionImpactText({ images, results, selections }: DeletionImpact): string {
  const tracked = formatQuantity(images, 'image');
  const their = images === 1 ? 'its result' : 'their results';
  const withResults = results === 0 ? tracked : results === images ? `${tracked} and ${their}` : `${tracked} and the results of ${formatQuantity(results, 'image')}`;
  return selections === 0 ? withResults : `${withResults}, and ${formatQuantity(selections, 'rule')}`;
}
