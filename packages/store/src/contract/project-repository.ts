import type { Page, PageRequest, ProjectRecord, ProjectVersionRecord } from '../records.js';

export interface ProjectRepository {
  find(organizationId: string, id: string): Promise<ProjectRecord | undefined>;
  findMany(organizationId: string, ids: readonly string[]): Promise<readonly ProjectRecord[]>;
  /** By name. */
  list(organizationId: string, page: PageRequest & { readonly search?: string }): Promise<Page<ProjectRecord>>;
  /** Newest first, by project. */
  versionsOf(organizationId: string, projectIds: readonly string[]): Promise<ReadonlyMap<string, readonly ProjectVersionRecord[]>>;
  findVersions(organizationId: string, ids: readonly string[]): Promise<readonly ProjectVersionRecord[]>;
}
