import type { PackagePlaceRecord, PackageVersionFindingsRecord, PackageVersionRecord, PackageVersionSpreadRecord, Page, PageRequest } from '../records.js';

/** Which packages to look for. */
export interface PackageSearch {
  /** Part of the name. */
  readonly name?: string;
  /** Start of the package URL without version. */
  readonly packageKey?: string;
  readonly ecosystem?: string;
  /** Most versions given. */
  readonly limit: number;
}

/** A version of a package. */
export interface PackageVersionKey {
  readonly packageKey: string;
  readonly version: string;
}

/** Components across the images of an organisation, as their present results say it. */
export interface PackageRepository {
  /** Versions of packages, by package and version; the caller asks for one more than it shows to learn whether there are more. */
  search(organizationId: string, search: PackageSearch): Promise<readonly PackageVersionRecord[]>;
  /** In how many images and projects each of these versions is, for each ecosystem that has it. Those of a page alone: it reads every copy of them. */
  spreads(organizationId: string, versions: readonly PackageVersionKey[]): Promise<readonly PackageVersionSpreadRecord[]>;
  /** Images that hold any of the versions, each once, by connection; most first. */
  countImages(organizationId: string, versions: readonly PackageVersionKey[]): Promise<readonly { readonly connectionId: string; readonly count: number }[]>;
  /** Of these versions, those that have findings. */
  findingCounts(organizationId: string, versions: readonly PackageVersionKey[]): Promise<readonly PackageVersionFindingsRecord[]>;
  /** Every copy of one version, by image. */
  places(organizationId: string, version: PackageVersionKey, page: PageRequest): Promise<Page<PackagePlaceRecord>>;
}
