/** The parts of a package URL a look-up needs (https://github.com/package-url/purl-spec), decoded. */
export interface PackageUrlParts {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
}

/** Undefined when the text is no package URL. */
export function parsePackageUrl(text: string): PackageUrlParts | undefined {
  const [, type, path] = /^pkg:\/*([a-z0-9.+-]+)\/([^?#]+)/i.exec(text) ?? [];
  if (type === undefined || path === undefined) return undefined;
  const at = path.lastIndexOf('@');
  const segments = (at > 0 ? path.slice(0, at) : path).split('/').filter((segment) => segment !== '');
  try {
    const decoded = segments.map(decodeURIComponent);
    const name = decoded.pop();
    return name === undefined ? undefined : { type: type.toLowerCase(), namespace: decoded.join('/'), name };
  } catch {
    return undefined;
  }
}
