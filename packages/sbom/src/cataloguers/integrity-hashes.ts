import type { ComponentHash } from '../catalogue.js';

const algorithms: ReadonlyMap<string, { readonly algorithm: ComponentHash['algorithm']; readonly bytes: number }> = new Map([
  ['sha1', { algorithm: 'SHA-1', bytes: 20 }],
  ['sha256', { algorithm: 'SHA-256', bytes: 32 }],
  ['sha384', { algorithm: 'SHA-384', bytes: 48 }],
  ['sha512', { algorithm: 'SHA-512', bytes: 64 }],
]);

/** Digests of a Subresource Integrity text, `sha512-BASE64` and others by blanks; what is not one is left out. */
export function integrityHashes(integrity: string): readonly ComponentHash[] {
  return integrity
    .slice(0, 1000)
    .split(/\s+/)
    .flatMap((part): readonly ComponentHash[] => {
      const [, name = '', encoded = ''] = /^([a-z0-9]+)-([A-Za-z0-9+/]+=*)(?:\?.*)?$/.exec(part) ?? [];
      const known = algorithms.get(name);
      const digest = Buffer.from(encoded, 'base64');
      return known === undefined || digest.length !== known.bytes ? [] : [{ algorithm: known.algorithm, value: digest.toString('hex') }];
    });
}
