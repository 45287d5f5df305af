import { formatDigest } from '../formats/format-digest.js';

/** What follows the repository: ":2.14.3", or "@sha256:9f31c2…e07b" for an image chosen by digest. */
export function imageSuffix(image: { readonly tag?: string | null; readonly pinnedDigest?: string | null }): string {
  if (image.pinnedDigest != null && image.tag == null) return `@${formatDigest(image.pinnedDigest)}`;
  return image.tag == null ? '' : `:${image.tag}`;
}
