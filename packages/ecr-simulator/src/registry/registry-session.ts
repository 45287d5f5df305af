import type { RepositoryContent } from '../content/repository-content.js';
import type { RegistryPlace } from '../registry-place.js';
import type { IncomingRequest } from '../http/exchange.js';
import type { SimulatorState } from '../simulator-state.js';

/** One authenticated request to one of the two registries, with what differs between them. */
export interface RegistrySession {
  readonly state: SimulatorState;
  readonly request: IncomingRequest;
  readonly visibility: 'private' | 'public';
  /** The private registry asked; `public` for the other. */
  readonly place: RegistryPlace | 'public';
  /** For absolute links. The real one is `https://` and the registry's host; here it is an origin that can be reached over loopback. */
  readonly clientOrigin: string;
  /** Checks the permission, then the existence. @throws RegistryError 403 DENIED, 404 NAME_UNKNOWN */
  readonly open: (name: string, operation: string) => RepositoryContent;
}

export const API_VERSION_HEADER = { 'Docker-Distribution-Api-Version': 'registry/2.0' } as const;
