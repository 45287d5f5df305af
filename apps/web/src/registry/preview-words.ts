import { formatQuantity } from '../formats/format-count.js';
import { formatSize } from '../formats/format-size.js';
import type { PreviewState } from './use-selection-preview.js';

type Counted = Pick<NonNullable<PreviewState['preview']>, 'complete' | 'imageCount' | 'sizeBytes'>;

/** What the words are made of. */
export interface PreviewFacts {
  readonly preview: Counted | undefined;
  readonly problem: unknown;
  readonly issues: PreviewState['issues'];
}

/** "37 images, 4.1 GB", or how far the counting is: a number is shown only when it is the number, and as the least there is where a part could not be read. */
export function previewSummary({ preview, problem, issues }: PreviewFacts): string {
  if (Object.keys(issues).length > 0) return 'A rule cannot be read';
  if (preview === undefined && problem !== undefined) return 'Not counted';
  if (preview === undefined || !preview.complete) return 'counting…';
  const { imageCount, sizeBytes } = preview;
  if (problem !== undefined && imageCount === 0) return 'None found so far';
  return `${problem === undefined ? '' : 'At least '}${formatQuantity(imageCount, 'image')}, ${sizeBytes == null ? 'size unknown' : formatSize(sizeBytes)}`;
}

/** Why the list is empty: only what was read whole has no image that matches. */
export function noMatchWords({ preview, problem, issues }: PreviewFacts): { readonly title: string; readonly text: string } {
  if (Object.keys(issues).length > 0) return { title: 'Not counted', text: 'What matches is shown once every rule can be read.' };
  if (problem !== undefined) return { title: preview === undefined ? 'Not known' : 'None found so far', text: 'The registry could not be read, so there is no statement about what matches.' };
  return { title: 'No image matches', text: 'Images pushed later that match are found when they come.' };
}
