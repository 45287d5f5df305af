/** What of a search goes to the store, and a version that must match exactly. */
interface SearchText {
  readonly name?: string;
  readonly packageKey?: string;
  readonly version?: string;
}

/** A part of a name, or a package URL (https://github.com/package-url/purl-spec) of which qualifiers and subpath are left out. */
export function parseSearchText(text: string): SearchText | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (!trimmed.startsWith('pkg:')) return { name: trimmed };
  const [plain = ''] = trimmed.split(/[?#]/);
  // The version begins at the last @ behind the last slash; a scope before it is written %40, or @ by those who do not encode.
  const at = plain.lastIndexOf('@');
  const withVersion = at > plain.lastIndexOf('/') && plain.charAt(at - 1) !== '/';
  const packageKey = (withVersion ? plain.slice(0, at) : plain).replaceAll('/@', '/%40');
  if (!withVersion) return { packageKey };
  try {
    return { packageKey, version: decodeURIComponent(plain.slice(at + 1)) };
  } catch {
    return { packageKey, version: plain.slice(at + 1) };
  }
}
