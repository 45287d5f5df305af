/**
 * The path of a tar entry as this package writes paths inside: relative to the image's root, no `.` segments, no slash
 * at either end, the root itself as an empty string.
 * @returns `undefined` for a name that leads out of the root or holds a NUL.
 */
export function layerPath(name: string): string | undefined {
  const plain = withoutEnds(name);
  if (isNormal(plain)) return plain;
  if (name.includes('\0')) return undefined;
  const segments: string[] = [];
  for (const segment of name.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

/** Many archives begin every name with `./`, and folders end with a slash. */
function withoutEnds(name: string): string {
  const start = name.startsWith('./') ? 2 : 0;
  const end = name.endsWith('/') ? name.length - 1 : name.length;
  return start === 0 && end === name.length ? name : name.slice(start, end);
}

/** The usual case, told without taking the name apart. */
function isNormal(name: string): boolean {
  return (
    name !== '' &&
    name.charCodeAt(0) !== 0x2f &&
    name.charCodeAt(name.length - 1) !== 0x2f &&
    !name.includes('//') &&
    !name.includes('\0') &&
    !((name.charCodeAt(0) === 0x2e || name.includes('/.')) && dotSegment.test(name))
  );
}

const dotSegment = /(?:^|\/)\.\.?(?:\/|$)/;

/** What the last segment of a path that hides another begins with (OCI image-spec 1.1, layer.md). */
export const whiteoutPrefix = '.wh.';

/** The folder a path is in; an empty string for entries of the root. */
export function parentPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Puts a segment or a relative path behind a folder, which may be the root. */
export function joinPath(folder: string, rest: string): string {
  return folder === '' ? rest : `${folder}/${rest}`;
}

/** Inside form to the form of the catalogue: absolute. */
export function absolutePath(path: string): string {
  return `/${path}`;
}
