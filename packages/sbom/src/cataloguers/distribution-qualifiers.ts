import type { Distribution } from '../catalogue.js';

/** Value of the `distro` qualifier of operating-system packages: `debian-12`, `alpine-3.20.1`, or the id alone. */
export function distroQualifier(distribution: Distribution | undefined): string | undefined {
  if (distribution === undefined) return undefined;
  return distribution.versionId === undefined ? distribution.id : `${distribution.id}-${distribution.versionId}`;
}

/**
 * Value of the `upstream` qualifier: the source package where it is not named and numbered like the binary one. The
 * package-URL types do not define it, other scanners read and write it, and matching needs it.
 */
export function upstreamQualifier(
  binary: { readonly name: string; readonly version: string },
  source: { readonly name: string; readonly version: string },
): string | undefined {
  if (source.version !== binary.version) return `${source.name}@${source.version}`;
  return source.name === binary.name ? undefined : source.name;
}
