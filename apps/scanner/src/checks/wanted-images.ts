import type { SelectedImage, WantedImage } from '@esscm/selection';
import { namesOf } from '@esscm/selection';
import type { ConnectImage, PlatformChoice, TrackedImageRecord } from '@esscm/store';

/** A rule as a check uses it. */
export interface CheckedSelection {
  readonly id: string;
  readonly naming: { readonly project: string; readonly version: string };
  readonly platforms: PlatformChoice;
}

/** An image a rule wants for one platform, with what it takes to track it. */
export interface WantedForPlatform extends WantedImage {
  readonly track: ConnectImage;
}

interface WantedOptions {
  readonly repository: string;
  /** With the registry host. */
  readonly name: string;
  readonly selections: readonly CheckedSelection[];
  readonly tracked: readonly TrackedImageRecord[];
  readonly platformsOf: (digest: string) => Promise<readonly string[]>;
}

/** Once for each platform that its rule asks for. An index is read only when it is new or has changed. */
export async function wantedImages(selected: readonly SelectedImage[], options: WantedOptions): Promise<readonly WantedForPlatform[]> {
  const wanted: WantedForPlatform[] = [];
  for (const { image, tag, rule } of selected) {
    const selection = options.selections[rule];
    if (selection === undefined) continue;
    const names = namesOf(selection.naming, { repository: options.repository, tag, digest: image.digest, ...(image.pushedAt !== undefined && { pushedAt: image.pushedAt }) });
    for (const platform of await platformsFor(selection, image, tag, options)) {
      const common = { tag, ruleId: selection.id, ...(platform !== undefined && { platform }) };
      const { name, repository } = options;
      wanted.push({ ...common, digest: image.digest, track: { ...common, name, repository, registryDigest: image.digest, ...names } });
    }
  }
  return wanted;
}

/** Undefined stands for the default platform. */
async function platformsFor({ platforms }: CheckedSelection, image: SelectedImage['image'], tag: string, options: WantedOptions): Promise<readonly (string | undefined)[]> {
  if (platforms === 'default' || image.kind === 'image') return [undefined];
  const known = options.tracked.filter((entry) => entry.tag === tag && entry.registryDigest === image.digest && entry.platform !== undefined).map(({ platform }) => platform);
  const offered = known.length > 0 && platforms === 'all' ? known : await options.platformsOf(image.digest);
  if (platforms === 'all') return offered;
  return offered.filter((platform) => platform !== undefined && platforms.includes(platform));
}
