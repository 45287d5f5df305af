import { Time } from '../ui/Time.js';
import { withoutPull } from './last-pull.js';
import type { RegistryImageItem } from './registry-lists.js';

interface LastPullProps {
  readonly image: Pick<RegistryImageItem, 'pushedAt' | 'lastPulledAt'>;
  /** Of the variant of the plugin: whether its lists say more than tags and digests. */
  readonly imageMetadata: boolean;
}

/** When an image was last pulled, as far as the registry says. */
export function LastPull({ image, imageMetadata }: LastPullProps) {
  return image.lastPulledAt == null ? <span className="esscm-secondary">{withoutPull(image, imageMetadata)}</span> : <Time instant={image.lastPulledAt} />;
}
