/** A version of a component as the address names it: the package URL without version, `@` and the version, encoded. */
export interface VersionAddress {
  readonly packageKey: string;
  readonly version: string;
}

/** Reads the address; undefined for what names no version. */
export function readVersionAddress(id: string): VersionAddress | undefined {
  const at = id.lastIndexOf('@');
  if (at <= 0 || !id.startsWith('pkg:')) return undefined;
  try {
    return { packageKey: id.slice(0, at), version: decodeURIComponent(id.slice(at + 1)) };
  } catch {
    return undefined;
  }
}
