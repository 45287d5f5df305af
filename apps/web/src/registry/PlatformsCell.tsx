import { platformsText, type PlatformsAnswer } from './image-platforms.js';
import type { RegistryImageItem } from './registry-lists.js';

/** Platforms of an image, shortened; all of them, or why they are not known, in the title and for a screen reader. */
export function PlatformsCell({ image, answer }: { readonly image: RegistryImageItem; readonly answer: PlatformsAnswer | undefined }) {
  const { text, full } = platformsText(image, answer);
  if (full === undefined || full === text) return <span className="esscm-secondary">{text}</span>;
  return (
    <span className="esscm-secondary" title={full}>
      <span aria-hidden>{text}</span>
      <span className="esscm-visually-hidden">{full}</span>
    </span>
  );
}
