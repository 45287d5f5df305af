import type { SavedViewRecord } from '../records.js';

/** Filters that people keep under a name; everyone in the organisation sees them. */
export interface SavedViewRepository {
  /** By name. */
  list(organizationId: string): Promise<readonly SavedViewRecord[]>;
  /**
   * A new view, or the one of this name with another query.
   * @throws StoreError `too-many-views` above 200 in an organisation
   */
  save(view: Omit<SavedViewRecord, 'id' | 'createdAt'>): Promise<SavedViewRecord>;
  delete(organizationId: string, id: string): Promise<boolean>;
}
