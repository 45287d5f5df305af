import { PackageURL } from 'packageurl-js';

export interface PackageUrlParts {
  readonly type: string;
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly version?: string | undefined;
  /** Those without a value are left out. */
  readonly qualifiers?: Readonly<Record<string, string | undefined>>;
}

/**
 * Writes a package URL (ECMA-427). packageurl-js applies each type's rules for names; the percent-encoding is done here,
 * as version 2.0.1 leaves `+` of versions and encodes `:` of qualifiers against the specification's own tests.
 */
export function packageUrl(parts: PackageUrlParts): string {
  const normal = new PackageURL(parts.type, parts.namespace, parts.name, parts.version, undefined, undefined);
  const namespace = (normal.namespace ?? '').split('/').filter((segment) => segment !== '').map(encode);
  const path = [normal.type, ...namespace, encode(normal.name)].join('/');
  const version = normal.version === undefined || normal.version === '' ? '' : `@${encode(normal.version)}`;
  const qualifiers = Object.entries(parts.qualifiers ?? {})
    .flatMap(([key, value]) => (value === undefined || value === '' ? [] : [`${key}=${encode(value)}`]))
    .sort();
  return `pkg:${path}${version}${qualifiers.length === 0 ? '' : `?${qualifiers.join('&')}`}`;
}

/** Everything but letters, digits and `.-_~:` is encoded. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%3A', ':')
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
