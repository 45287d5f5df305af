import type { RegistryImageItem } from './registry-lists.js';

/** What the registry said when it was asked for the platforms of an image. */
export type PlatformsAnswer = { readonly platforms: readonly string[] } | { readonly problem: string };

/** A cell: what is read at a glance, and all of it where that is more. */
interface PlatformsText {
  readonly text: string;
  /** Every platform, or why none is known. */
  readonly full: string | undefined;
}

/** Most digests of one question to the server. */
const maximumAsked = 50;
/** Platforms that are written out before the rest is counted. */
const maximumNamed = 2;

/** Indexes among the rows that were not asked for yet, as many as one question takes. An image for one platform is not worth a request. */
export function indexesToAsk(images: readonly Pick<RegistryImageItem, 'digest' | 'kind' | 'status'>[], answers: ReadonlyMap<string, PlatformsAnswer>): readonly string[] {
  return images.filter(({ digest, kind, status }) => kind === 'INDEX' && status === 'ACTIVE' && !answers.has(digest)).map(({ digest }) => digest).slice(0, maximumAsked);
}

/** The platforms of a row in words; a dash while or where they are not known. */
export function platformsText(image: RegistryImageItem, answer: PlatformsAnswer | undefined): PlatformsText {
  if (answer !== undefined && 'problem' in answer) return { text: '–', full: answer.problem };
  const platforms = answer?.platforms ?? scannedPlatform(image);
  if (platforms.length === 0) return { text: '–', full: undefined };
  const rest = platforms.length - maximumNamed;
  const all = platforms.join(', ');
  return rest > 0 ? { text: `${platforms.slice(0, maximumNamed).join(', ')} +${rest}`, full: all } : { text: all, full: all };
}

/** That of an image for one platform whose content was scanned. A tag may have been scanned when it pointed elsewhere. */
function scannedPlatform(image: RegistryImageItem): readonly string[] {
  const scanned = image.trackedImages?.find(({ content }) => content?.digest === image.digest)?.content;
  return image.kind === 'IMAGE' && scanned != null ? [scanned.platform] : [];
}
