import type { RegistryImageItem } from './registry-lists.js';

/**
 * What stands where an image has no known pull: `never` only where the registry said everything of the image, which the time of
 * its push tells, and records pulls; otherwise a dash, because nobody knows.
 */
export function withoutPull({ pushedAt }: Pick<RegistryImageItem, 'pushedAt'>, imageMetadata: boolean): 'never' | '–' {
  return imageMetadata && pushedAt != null ? 'never' : '–';
}
