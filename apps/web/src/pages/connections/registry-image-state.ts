import type { RegistryImageItem } from '../../registry/registry-lists.js';
import { imageResultWords, type ImageResultWords } from '../images/image-result-words.js';

type Tracked = NonNullable<RegistryImageItem['trackedImages']>[number];

/** The tracked image whose result stands for a row: one with a result before one without. */
export function shownImage({ trackedImages }: Pick<RegistryImageItem, 'trackedImages'>): Tracked | undefined {
  const tracked = trackedImages ?? [];
  return tracked.find(({ content }) => content != null) ?? tracked[0];
}

/** Scan state of a row in words. An image nobody tracks was not scanned. */
export function scanStateWords(image: Pick<RegistryImageItem, 'trackedImages'>): ImageResultWords {
  return imageResultWords(shownImage(image) ?? { coverage: 'NOT_SCANNED' });
}
