import type { ImageCoverage } from '../coverage-records.js';
import type { Page, PageRequest, TrackedImageRecord } from '../records.js';
import type { ImageFollowing } from './image-following.js';

export interface TrackedImageFilter {
  readonly connectionId?: string;
  readonly projectId?: string;
  readonly projectVersionId?: string;
  /** Part of the name or tag, or the beginning of a digest, `sha256:` left out or not; without case. */
  readonly search?: string;
  /** The whole name, registry host included. */
  readonly name?: string;
  /** By what is known of it as of a moment. */
  readonly coverage?: { readonly kinds: readonly ImageCoverage[]; readonly at: Date };
}

export interface TrackedImageTotals {
  readonly total: number;
  /** Images with a result. */
  readonly scanned: number;
  /** Images whose shown result is known to be incomplete. */
  readonly partial: number;
  /** When the oldest shown result was made. */
  readonly oldestResultAt?: Date;
}

export interface TrackedImageRepository extends ImageFollowing {
  find(organizationId: string, id: string): Promise<TrackedImageRecord | undefined>;
  findMany(organizationId: string, ids: readonly string[]): Promise<readonly TrackedImageRecord[]>;
  /** By name, then tag. */
  list(organizationId: string, filter: TrackedImageFilter, page: PageRequest): Promise<Page<TrackedImageRecord>>;
  count(organizationId: string): Promise<TrackedImageTotals>;
  /** Images by what is known of them at a moment; what no image has is 0. */
  countByCoverage(organizationId: string, at: Date): Promise<Readonly<Record<ImageCoverage, number>>>;
  /** What is known of each at a moment; an image of another organisation is absent. */
  coverageOf(organizationId: string, ids: readonly string[], at: Date): Promise<ReadonlyMap<string, ImageCoverage>>;
  /** Images of all versions of each project; a project without images may be absent. */
  countByProject(organizationId: string, projectIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
