import { joinPath, parentPath } from '../../layers/layer-path.js';

/** Folders of packages' own tests and examples, whose contents are no installed software. */
/** Folders in which packages keep copies of others. */
const vendorFolders = new Set(['vendor', 'vendored', 'third_party']);

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
  return isName(name) || isName(vendoredName(name));
}

function isName(segments: readonly string[]): boolean {
  return segments[0]?.startsWith('@') === true ? segments.length === 2 : segments.length === 1 && segments[0]?.startsWith('.') === false;
}

/** What follows a package's own folder of copies; nothing where it has none. */
function vendoredName(segments: readonly string[]): readonly string[] {
  const ofPackage = segments[0]?.startsWith('@') === true ? 2 : 1;
  return vendorFolders.has(segments[ofPackage] ?? '') ? segments.slice(ofPackage + 1) : [];
}

/**
 * The name that a copy inside another package has to have, by its folder (`node_modules/a/vendor/b/package.json`): other files
 * of such folders describe how their code is loaded. `undefined` for a path that is of no copy.
 */
export function vendoredPackageName(path: string): string | undefined {
  const segments = parentPath(path).split('/');
  const last = segments.lastIndexOf('node_modules');
  const name = last < 0 ? [] : vendoredName(segments.slice(last + 1));
  return isName(name) ? name.join('/') : undefined;
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
