import { OciError } from './errors.js';

/** Operating system and processor of an image, in the words of the OCI image index (`GOOS`, `GOARCH`). */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** Such as `v8` for arm64. */
  readonly variant?: string;
  /** Windows only: the build the image needs. */
  readonly osVersion?: string;
}

/** The platform taken of an index when none is asked for. */
export const defaultPlatform: Platform = { os: 'linux', architecture: 'amd64' };

const partPattern = /^[a-z0-9][a-z0-9_.]{0,31}$/;

/** Names of processors that people and `uname -m` use for the names of the OCI specification. */
const architectureAliases: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  i386: '386',
  i686: '386',
};

/**
 * Reads `os/architecture[/variant]`, such as `linux/arm64/v8`. `x86_64` and `aarch64` are understood.
 * @throws OciError of code `unsupported` when the text has another form
 */
export function parsePlatform(text: string): Platform {
  const parts = text.trim().toLowerCase().split('/');
  const [os, architecture, variant] = parts;
  const wellFormed = (parts.length === 2 || parts.length === 3) && parts.every((part) => partPattern.test(part.replace('x86-64', 'x86_64')));
  if (!wellFormed || os === undefined || architecture === undefined) {
    throw new OciError({
      code: 'unsupported',
      message: 'A platform is written os/architecture or os/architecture/variant, such as linux/amd64 or linux/arm/v7.',
    });
  }
  return {
    os,
    architecture: architectureAliases[architecture] ?? architecture,
    ...(variant === undefined ? {} : { variant }),
  };
}

/** `os/architecture[/variant]`; the Windows build is left out. */
export function formatPlatform(platform: Platform): string {
  const { os, architecture, variant } = platform;
  return variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}

/** Variants that run where `platform` runs, the closest first. An absent variant means the one named here. */
const variantLadders: Readonly<Record<string, readonly string[]>> = {
  arm: ['v8', 'v7', 'v6', 'v5'],
  amd64: ['v4', 'v3', 'v2', 'v1'],
};

const impliedVariants: Readonly<Record<string, string>> = { arm: 'v7', arm64: 'v8', amd64: 'v1' };

function effectiveVariant(platform: Platform): string | undefined {
  return platform.variant ?? impliedVariants[platform.architecture];
}

/**
 * How well an image serves a wanted platform: 0 is exact, higher is further down the processor's own ladder of
 * compatible variants (arm/v7 runs arm/v6), undefined is not at all. `arm64` and `arm64/v8` are the same, `arm` means
 * `arm/v7`, `amd64` means `amd64/v1`. The Windows build has to agree only when it is asked for.
 */
export function platformDistance(offered: Platform, wanted: Platform): number | undefined {
  if (offered.os !== wanted.os || offered.architecture !== wanted.architecture) return undefined;
  if (wanted.osVersion !== undefined && offered.osVersion !== wanted.osVersion) return undefined;
  const offeredVariant = effectiveVariant(offered);
  const wantedVariant = effectiveVariant(wanted);
  if (offeredVariant === wantedVariant) return 0;
  const ladder = variantLadders[wanted.architecture] ?? [];
  const from = ladder.indexOf(wantedVariant ?? '');
  const to = ladder.indexOf(offeredVariant ?? '');
  return from < 0 || to < from ? undefined : to - from;
}

/** The candidate closest to `wanted`; the first of equals, in the order of the index. */
export function closestPlatform<Candidate extends { readonly platform: Platform }>(
  candidates: readonly Candidate[],
  wanted: Platform,
): Candidate | undefined {
  let best: { readonly candidate: Candidate; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = platformDistance(candidate.platform, wanted);
    if (distance !== undefined && (best === undefined || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
}
