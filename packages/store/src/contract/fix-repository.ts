import type { BaseFixRecord, PackageFixRecord } from '../fix-records.js';

/** What upgrading a package would mend. */
export interface FixRepository {
  /** Packages with findings that have a fix: those with exploited ones first, then by critical, high and all findings. */
  list(organizationId: string, wanted: { readonly imageId?: string; readonly limit: number }): Promise<readonly PackageFixRecord[]>;
  /** Base images that bring in findings that have a fix, in the same order. Images whose base is not known are not in it. */
  bases(organizationId: string, wanted: { readonly imageId?: string; readonly limit: number }): Promise<readonly BaseFixRecord[]>;
}
