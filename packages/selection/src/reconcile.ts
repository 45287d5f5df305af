/** An image that is tracked, as far as its registry matters. */
export interface FollowedImage {
  readonly id: string;
  readonly tag?: string;
  readonly pinnedDigest?: string;
  readonly platform?: string;
  /** The rule that found it; absent for one chosen by hand. */
  readonly ruleId?: string;
  /** Where the tag pointed at the last look; absent before the first. */
  readonly registryDigest?: string;
  /** Not in the registry at the last look. */
  readonly gone: boolean;
  /** No rule wanted it any more at the last look. */
  readonly released: boolean;
}

/** An image a rule wants now. */
export interface WantedImage {
  readonly tag: string;
  readonly digest: string;
  readonly platform?: string;
  readonly ruleId: string;
}

/** What a complete list of the repository says of the images that are followed. */
export interface ListedRepository {
  /** Digests by tag; followed tags are enough. */
  readonly digestOfTag: ReadonlyMap<string, string>;
  /** Pinned digests that are there. */
  readonly digests: ReadonlySet<string>;
}

/** What has to be written so that the tracked images of a repository say what the registry says. Nothing is ever deleted. */
export interface RepositoryChanges<Wanted extends WantedImage> {
  readonly add: readonly Wanted[];
  /** A first look at where the tag points; nothing to scan. */
  readonly seen: readonly { readonly id: string; readonly digest: string }[];
  /** The tag points elsewhere: to be scanned again. */
  readonly moved: readonly { readonly id: string; readonly digest: string }[];
  readonly gone: readonly string[];
  /** Gone before and there again. */
  readonly back: readonly string[];
  /** In the registry, and no rule wants it any more. */
  readonly released: readonly string[];
  /** Wanted by this rule now: again, or in place of another rule. */
  readonly taken: readonly { readonly id: string; readonly ruleId: string }[];
}

/** The same, still growing. */
type Collected<Wanted extends WantedImage> = { readonly [Part in keyof RepositoryChanges<Wanted>]: RepositoryChanges<Wanted>[Part][number][] };

/** Compares a complete list of one repository, and what the rules want of it, with what is tracked of it. */
export function reconcile<Wanted extends WantedImage>(
  listed: ListedRepository,
  wanted: readonly Wanted[],
  followed: readonly FollowedImage[],
): RepositoryChanges<Wanted> {
  const changes: Collected<Wanted> = { add: [], seen: [], moved: [], gone: [], back: [], released: [], taken: [] };
  const wantedByKey = new Map(wanted.map((image) => [keyOf(image), image]));
  const known = new Set<string>();
  for (const image of followed) {
    const { id, tag, pinnedDigest, registryDigest } = image;
    if (pinnedDigest !== undefined || tag === undefined) {
      if (pinnedDigest !== undefined) notePresence(changes, image, listed.digests.has(pinnedDigest));
      continue;
    }
    known.add(keyOf({ tag, platform: image.platform }));
    const digest = listed.digestOfTag.get(tag);
    notePresence(changes, image, digest !== undefined);
    if (digest === undefined) continue;
    const want = wantedByKey.get(keyOf({ tag, platform: image.platform }));
    noteRule(changes, image, want);
    // What no rule wants any more is not scanned again for having moved.
    if (image.ruleId !== undefined && want === undefined) continue;
    if (registryDigest === undefined) changes.seen.push({ id, digest });
    else if (registryDigest !== digest) changes.moved.push({ id, digest });
  }
  changes.add.push(...wanted.filter((image) => !known.has(keyOf(image))));
  return changes;
}

function keyOf({ tag, platform }: { readonly tag: string; readonly platform?: string | undefined }): string {
  return `${tag} ${platform ?? ''}`;
}

function notePresence(changes: Pick<Collected<WantedImage>, 'gone' | 'back'>, { id, gone }: FollowedImage, present: boolean): void {
  if (!present && !gone) changes.gone.push(id);
  if (present && gone) changes.back.push(id);
}

function noteRule(changes: Pick<Collected<WantedImage>, 'released' | 'taken'>, image: FollowedImage, wanted: WantedImage | undefined): void {
  // What was chosen by hand stays so, whatever the rules say.
  if (image.ruleId === undefined) return;
  if (wanted === undefined) {
    if (!image.released) changes.released.push(image.id);
  } else if (image.released || image.ruleId !== wanted.ruleId) changes.taken.push({ id: image.id, ruleId: wanted.ruleId });
}
