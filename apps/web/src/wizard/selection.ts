import type { ChosenImage } from './chosen-image.js';

/** What is listed of an image in a registry. */
export interface ListedImage {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly sizeBytes?: string | null;
  readonly pushedAt?: string | null;
  readonly kind: 'IMAGE' | 'INDEX' | 'ARTIFACT' | 'UNKNOWN';
  readonly status: 'ACTIVE' | 'ARCHIVED';
}

export interface ListedRepository {
  readonly name: string;
  readonly uri: string;
}

/** Follow the tag, or stay on today's digest. */
export type ChoiceMode = 'tag' | 'digest';

/** Tags that move by habit come last, so that "2.14.3" names an image rather than "latest". */
const movingTags = new Set(['latest', 'stable', 'main', 'master', 'edge', 'nightly', 'dev', 'develop']);

/** An image's tags with the most telling one first. */
export function orderedTags(tags: readonly string[]): readonly string[] {
  return [...tags].sort((left, right) => Number(movingTags.has(left)) - Number(movingTags.has(right)));
}

/** Whether an image can be scanned: artefacts cannot, and an archived image cannot be read. */
export function isScannable({ kind, status }: Pick<ListedImage, 'kind' | 'status'>): boolean {
  return kind !== 'ARTIFACT' && status === 'ACTIVE';
}

/** The choice of a listed image; by its digest when it has no tag. */
export function choose(repository: ListedRepository, image: ListedImage, mode: ChoiceMode, tag = orderedTags(image.tags)[0]): ChosenImage {
  const byTag = mode === 'tag' && tag !== undefined;
  return {
    reference: byTag ? `${repository.uri}:${tag}` : `${repository.uri}@${image.digest}`,
    repository: repository.name,
    ...(byTag ? { tag } : {}),
    digest: image.digest,
    ...(image.sizeBytes == null ? {} : { sizeBytes: image.sizeBytes }),
    ...(image.pushedAt == null ? {} : { pushedAt: image.pushedAt }),
    ...(image.kind === 'INDEX' ? { index: true } : {}),
  };
}

/** Whether any choice points at this image of this repository. */
export function isChosen(chosen: readonly ChosenImage[], repository: string, digest: string): boolean {
  return chosen.some((choice) => choice.repository === repository && choice.digest === digest);
}

/** Adds choices that are not there yet; order of arrival is kept. */
export function addChoices(chosen: readonly ChosenImage[], added: readonly ChosenImage[]): readonly ChosenImage[] {
  const known = new Set(chosen.map(({ reference }) => reference));
  const fresh = added.filter(({ reference }) => !known.has(reference) && known.add(reference));
  return [...chosen, ...fresh];
}

/** What a page of rows leaves chosen: rows ticked now are added, rows of the page not ticked are dropped, all else stays. */
export function applyPage(chosen: readonly ChosenImage[], repository: ListedRepository, page: readonly ListedImage[], ticked: readonly ListedImage[], mode: ChoiceMode): readonly ChosenImage[] {
  const tickedDigests = new Set(ticked.map(({ digest }) => digest));
  const dropped = new Set(page.filter(({ digest }) => !tickedDigests.has(digest)).map(({ digest }) => digest));
  const kept = chosen.filter((choice) => choice.repository !== repository.name || !dropped.has(choice.digest));
  const fresh = ticked.filter(({ digest }) => !isChosen(kept, repository.name, digest));
  return addChoices(kept, fresh.map((image) => choose(repository, image, mode)));
}

/** Adds or drops one reference. */
export function toggleReference(chosen: readonly ChosenImage[], choice: ChosenImage): readonly ChosenImage[] {
  const without = chosen.filter(({ reference }) => reference !== choice.reference);
  return without.length === chosen.length ? [...chosen, choice] : without;
}

/** How many images of each repository are chosen. */
export function chosenCounts(chosen: readonly ChosenImage[]): ReadonlyMap<string, number> {
  const digests = new Map<string, Set<string>>();
  for (const { repository, digest } of chosen) {
    const known = digests.get(repository) ?? new Set();
    digests.set(repository, known.add(digest));
  }
  return new Map([...digests].map(([repository, known]) => [repository, known.size]));
}
