/** The parts of a package URL (https://github.com/package-url/purl-spec), decoded. */
export interface PackageUrlParts {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  /** Empty when there is none. */
  readonly version: string;
  readonly qualifiers: ReadonlyMap<string, string>;
}

/** Undefined when the text is no package URL. */
export function parsePackageUrl(text: string): PackageUrlParts | undefined {
  const [, type, path, query = ''] = /^pkg:\/*([a-z0-9.+-]+)\/([^?#]+)(?:\?([^#]*))?/i.exec(text) ?? [];
  if (type === undefined || path === undefined) return undefined;
  const at = path.lastIndexOf('@');
  const segments = (at > 0 ? path.slice(0, at) : path).split('/').filter((segment) => segment !== '');
  try {
    const decoded = segments.map(decodeURIComponent);
    const name = decoded.pop();
    if (name === undefined) return undefined;
    const qualifiers = query.split('&').map((pair): [string, string] => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals).toLowerCase(), decodeURIComponent(pair.slice(equals + 1))];
    });
    return {
      type: type.toLowerCase(),
      namespace: decoded.join('/'),
      name,
      version: at > 0 ? decodeURIComponent(path.slice(at + 1)) : '',
      qualifiers: new Map(qualifiers.filter(([key, value]) => key !== '' && value !== '')),
    };
  } catch {
    return undefined;
  }
}
