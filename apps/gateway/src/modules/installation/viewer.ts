import type { Requester } from '../../request-context.js';
import type { Viewer } from './installation.type.js';

/** The requester as the API shows it. */
export function viewerOf({ userId, name, email, role, organization }: Requester): Viewer {
  return { id: userId, name, email, role, organization };
}
