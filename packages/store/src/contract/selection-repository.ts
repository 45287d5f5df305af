import type { SelectionInput, SelectionRecord } from '../watch-records.js';

export interface SelectionRepository {
  /** In order: the first that wants an image takes it. */
  list(organizationId: string, connectionId: string): Promise<readonly SelectionRecord[]>;
  /** In place of all earlier ones, and makes a check due. @throws NotFoundError when the organisation has no such connection */
  replace(organizationId: string, connectionId: string, selections: readonly SelectionInput[], by: string): Promise<readonly SelectionRecord[]>;
  /** Images that a selection found and wants, by its id; one without images is absent. */
  countImages(organizationId: string, connectionId: string): Promise<ReadonlyMap<string, number>>;
}
