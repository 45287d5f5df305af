import type { Property } from '../catalogue-facts.js';

/** An element of an SPDX 3.0.1 graph as its JSON-LD form has it. */
export interface Spdx3Element {
  readonly type: string;
  readonly spdxId?: string | undefined;
  readonly '@id'?: string | undefined;
  readonly creationInfo?: unknown;
  readonly [property: string]: unknown;
}

/** How SPDX 3.0.1 and CycloneDX call the same algorithm. */
export const spdx3Algorithms: Readonly<Record<string, string>> = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
  sha3_256: 'SHA3-256',
  sha3_384: 'SHA3-384',
  sha3_512: 'SHA3-512',
  blake2b256: 'BLAKE2b-256',
  blake2b384: 'BLAKE2b-384',
  blake2b512: 'BLAKE2b-512',
  blake3: 'BLAKE3',
};

/** How SPDX 3.0.1 and CycloneDX call the same purpose. */
export const spdx3Purposes: Readonly<Record<string, string>> = {
  library: 'library',
  application: 'application',
  framework: 'framework',
  container: 'container',
  platform: 'platform',
  operatingSystem: 'operating-system',
  device: 'device',
  deviceDriver: 'device-driver',
  firmware: 'firmware',
  file: 'file',
  model: 'machine-learning-model',
  data: 'data',
};

/** The extension that SPDX 3.0.1 has for properties in the manner of CycloneDX. */
export function propertiesExtension(properties: readonly Property[]): { readonly extension?: readonly object[] } {
  if (properties.length === 0) return {};
  const entries = properties.map(({ name, value }) => ({ type: 'extension_CdxPropertyEntry', extension_cdxPropName: name, extension_cdxPropValue: value }));
  return { extension: [{ type: 'extension_CdxPropertiesExtension', extension_cdxProperty: entries }] };
}
