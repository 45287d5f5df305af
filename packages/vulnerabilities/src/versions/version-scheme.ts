/** Names of the comparison schemes; one file each beside this one. */
export type VersionSchemeName =
  | 'dpkg'
  | 'rpm'
  | 'apk'
  | 'pacman'
  | 'semver'
  | 'go'
  | 'pub'
  | 'pep440'
  | 'maven'
  | 'rubygems'
  | 'nuget'
  | 'composer'
  | 'cran'
  | 'hackage'
  | 'hex'
  | 'bitnami';

/**
 * A version rewritten so that plain string order (by UTF-16 code unit) is the order of its scheme. Keys of different
 * schemes must never be compared. Every scheme is therefore a total order by construction, and a key can be cached or stored.
 */
export type VersionKey = string & { readonly versionKey: unique symbol };

/** How one ecosystem orders its versions. */
export interface VersionScheme {
  readonly name: VersionSchemeName;
  /** Never throws; undefined when the text is not a version of this scheme, or is longer than any real one. */
  parse(text: string): VersionKey | undefined;
  /**
   * True for a key that has a place in the order only by convention, such as a branch name in Composer: a range says
   * nothing about such an installed version. Absent when the scheme has no such versions.
   */
  isOutsideRanges?(key: VersionKey): boolean;
}

/** Negative, zero or positive, as `Array.sort` wants it. */
export function compareVersionKeys(one: VersionKey, other: VersionKey): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
