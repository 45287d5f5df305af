import type { BlobLinks } from './blobs/blob-links.js';
import type { Pager } from './content/page.js';
import type { RepositoryCatalogue } from './content/repository-catalogue.js';
import type { AccessControl } from './iam/access-control.js';
import type { PrincipalDirectory } from './iam/principal-directory.js';
import type { RegistryTokenIssuer } from './registry/registry-token.js';
import type { UploadStore } from './registry/upload-store.js';

/** Where the simulator listens. Origins have no trailing slash. */
interface SimulatorOrigins {
  /** `http://127.0.0.1:port` of the control plane, STS, and both registries. */
  readonly main: string;
  readonly blobs: string;
}

/** What the planes share. */
export interface SimulatorState {
  readonly account: string;
  readonly region: string;
  /** `123456789012.dkr.ecr.us-east-1.amazonaws.com` */
  readonly registryHost: string;
  readonly now: () => Date;
  readonly directory: PrincipalDirectory;
  readonly catalogue: RepositoryCatalogue;
  readonly access: AccessControl;
  readonly pager: Pager;
  readonly tokens: RegistryTokenIssuer;
  readonly publicTokens: RegistryTokenIssuer;
  readonly blobLinks: BlobLinks;
  readonly uploads: UploadStore;
  /** Whether the registry answers the referrers API; without it clients have to fall back to the tag scheme. */
  readonly referrersApi: boolean;
  /** Known once the servers listen. */
  readonly origins: () => SimulatorOrigins;
}
