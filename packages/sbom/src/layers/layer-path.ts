/**
 * The path of a tar entry as this package writes paths inside: relative to the image's root, no `.` segments, no slash
 * at either end, the root itself as an empty string.
 * @returns `undefined` for a name that leads out of the root or holds a NUL.
 */
export function layerPath(name: string): string | undefined {
  if (isNormal(name)) return name;
  if (name.includes('\0')) return undefined;
  const segments: string[] = [];
  for (const segment of name.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

/** The usual case, told without taking the name apart. */
function isNormal(name: string): boolean {
  return (
    name !== '' &&
    name.charCodeAt(0) !== 0x2f &&
    name.charCodeAt(0) !== 0x2e &&
    name.charCodeAt(name.length - 1) !== 0x2f &&
    !name.includes('//') &&
    !name.includes('/.') &&
    !name.includes('\0')
  );
}

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
