import { PackageURL } from 'packageurl-js';

export interface ParsedPackageUrl {
  readonly type: string;
  readonly namespace?: string;
  readonly name: string;
  readonly version?: string;
  readonly qualifiers: Readonly<Record<string, string>>;
}

/** Parses a package URL (ECMA-427); undefined for any other text. */
export function parsePackageUrl(text: string): ParsedPackageUrl | undefined {
  if (!text.startsWith('pkg:')) return undefined;
  try {
    const { type, namespace, name, version, qualifiers } = PackageURL.fromString(text);
    return { type, name, ...(namespace == null ? {} : { namespace }), ...(version == null ? {} : { version }), qualifiers: { ...qualifiers } };
  } catch {
    return undefined;
  }
}
