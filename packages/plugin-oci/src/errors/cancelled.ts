import { RegistryError } from '@esscm/registry-core';
import { headings } from './headings.js';

/** The error of work whose reader has given up. */
export function cancelled(cause: unknown): RegistryError {
  return new RegistryError({ kind: 'cancelled', heading: headings.cancelled, message: 'The request was cancelled.', cause });
}
