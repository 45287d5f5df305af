import { formatDigest } from '../formats/format-digest.js';
import type { ChosenImage } from './chosen-image.js';

type Referenced = Pick<ChosenImage, 'reference' | 'digest'>;

/** Whether a choice names its image by digest, so that it stays the same whatever its tag comes to mean. */
export function isPinned({ reference }: Pick<Referenced, 'reference'>): boolean {
  return reference.includes('@');
}

/** The choice pinned to the digest it has now, or following its tag again. One without a tag stays pinned. */
export function withPin<Image extends Referenced>(image: Image, pinned: boolean): Image {
  const [named = '', digest] = image.reference.split('@');
  if (pinned) return digest === undefined ? { ...image, reference: `${named}@${image.digest}` } : image;
  return hasTag(named) ? { ...image, reference: named } : image;
}

/** Whether a choice has a tag it could follow. */
export function hasTag(reference: string): boolean {
  const [named = ''] = reference.split('@');
  return named.lastIndexOf(':') > named.lastIndexOf('/');
}

/** A reference with its digest cut short, for a table. */
export function shortReference(reference: string): string {
  const [named = '', digest] = reference.split('@');
  return digest === undefined ? named : `${named}@${formatDigest(digest)}`;
}
