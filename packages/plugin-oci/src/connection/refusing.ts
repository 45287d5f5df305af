import { RegistryError } from '@esscm/registry-core';
import { headings } from '../errors/headings.js';

/** A listing that a variant does not have; like any listing it fails at the first read. */
export function refusing(message: string, remedy: string): AsyncIterable<never> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.reject(new RegistryError({ kind: 'unsupported', heading: headings.notSupported, message, remedy })),
    }),
  };
}
