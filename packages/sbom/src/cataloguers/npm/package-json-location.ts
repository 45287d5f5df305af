import { joinPath, parentPath } from '../../layers/layer-path.js';

/** Folders of packages' own tests and examples, whose contents are no installed software. */
const testFolders = new Set(['test', 'tests', '__tests__', 'fixture', 'fixtures', '__fixtures__', 'testdata', 'example', 'examples', 'templates']);

/**
 * Whether a package.json at this path describes a package: below `node_modules` one at `<name>` or `@<scope>/<name>`
 * directly, elsewhere an application or a distribution's package. Files in folders of tests and examples inside
 * packages do not, nor do those of a subpath (`node_modules/rxjs/ajax/package.json`) or of a cache.
 */
export function isPackageLocation(path: string): boolean {
  const segments = parentPath(path).split('/');
  const first = segments.indexOf('node_modules');
  const last = segments.lastIndexOf('node_modules');
  if (segments.includes('.npm') || segments.includes('_cacache')) return false;
  if (last < 0) return !segments.some((segment) => testFolders.has(segment));
  const isInTests = segments.slice(first + 1, last).some((segment, index, between) => testFolders.has(segment) && !isPackageName(between, index));
  if (isInTests) return false;
  const name = segments.slice(last + 1);
  return name[0]?.startsWith('@') === true ? name.length === 2 : name.length === 1 && name[0]?.startsWith('.') === false;
}

/** Whether a segment between two `node_modules` is the name of a package, which may well be `test` or `example`. */
function isPackageName(segments: readonly string[], index: number): boolean {
  const previous = segments[index - 1];
  return index === 0 || previous === 'node_modules' || (previous?.startsWith('@') === true && (index === 1 || segments[index - 2] === 'node_modules'));
}

/** Folders above a package that are searched; no installation nests as deep. */
const maximumLevels = 64;

/** Where Debian puts packages for the whole system, and its Node looks after all `node_modules` folders. */
const systemFolders = ['usr/share/nodejs', 'usr/lib/nodejs'];

/**
 * Paths at which Node looks for the package.json of `dependency`, required from the package in `folder`, in that order
 * (nodejs.org, "Loading from node_modules folders").
 */
export function* packageLookup(folder: string, dependency: string): Generator<string> {
  let current = folder;
  for (let level = 0; level < maximumLevels; level += 1) {
    if (!current.endsWith('node_modules')) yield `${joinPath(current, 'node_modules')}/${dependency}/package.json`;
    if (current === '') break;
    current = parentPath(current);
  }
  for (const systemFolder of systemFolders) yield `${systemFolder}/${dependency}/package.json`;
}
