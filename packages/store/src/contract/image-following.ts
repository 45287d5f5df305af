import type { ConnectImage, Page, PageRequest, TrackedImageRecord } from '../records.js';
import type { AddedImages, ImageChanges } from '../watch-records.js';

/** The part of the tracked images' repository that follows a registry. */
export interface ImageFollowing {
  /** Repositories of which tracked images exist: `name` is the registry host and path, `repository` the path. */
  repositoriesOf(organizationId: string, connectionId: string): Promise<readonly { readonly name: string; readonly repository: string }[]>;
  /** By the repository's name, which is its registry host and path. */
  inRepository(organizationId: string, connectionId: string, name: string, page: PageRequest): Promise<Page<TrackedImageRecord>>;
  /** In one transaction; without scans for a connection that scans nothing by itself. A moved image whose scan is running keeps its old digest, so that the next look finds it moved again. */
  applyChanges(organizationId: string, connectionId: string, changes: ImageChanges): Promise<AddedImages>;
  /** Images chosen by hand; one that is tracked already is scanned again instead. @throws NotFoundError when there is no such connection */
  add(organizationId: string, connectionId: string, images: readonly ConnectImage[], by: string): Promise<AddedImages>;
  /** Moves an image to a project and version, which are made when there are none. */
  assign(organizationId: string, id: string, names: { readonly projectName: string; readonly projectVersion: string }): Promise<TrackedImageRecord | undefined>;
}
