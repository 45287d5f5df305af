import { baseName, joinPath, parentPath } from '../../layers/layer-path.js';
import { licence } from '../../licences/licence.js';
import { namedLicenceExpression } from '../../licences/licence-names.js';
import { packageUrl } from '../../package-url.js';
import {
  defineCataloguer,
  type Assembly,
  type CatalogueView,
  type ComponentDraft,
  type DraftRelationship,
  type Extraction,
  type ViewFile,
} from '../cataloguer.js';
import { withoutCredentials } from '../download-url.js';
import { integrityHashes } from '../integrity-hashes.js';
import { isPackageLocation, packageLookup, vendoredPackageName } from './package-json-location.js';
import { parseHiddenLockfile, type InstalledOrigin } from './parse-hidden-lockfile.js';
import { parsePackageJson, type NpmPackage } from './parse-package-json.js';

/** Facts of npm's files: a package, or where the packages of a folder came from. */
type NpmFact = NpmPackage | { readonly origins: Readonly<Record<string, InstalledOrigin>> };
type PackageFile = ViewFile<NpmPackage>;

const hiddenLockfile = 'node_modules/.package-lock.json';

/** Packages of npm, yarn and pnpm as they are installed: each by its own package.json. Lock files are read elsewhere. */
export const npmCataloguer = defineCataloguer<NpmFact>({
  name: 'npm',
  version: 3,
  candidates: { names: ['package.json', baseName(hiddenLockfile)] },
  wants: (path) =>
    (path.endsWith('package.json') && (path.endsWith('/package.json') || path === 'package.json') && isPackageLocation(path)) || path.endsWith(hiddenLockfile),
  extract({ path, content }): Extraction<NpmFact> {
    if (path.endsWith(hiddenLockfile)) return readOrigins(content);
    try {
      const fact = parsePackageJson(content.toString());
      const vendored = vendoredPackageName(path);
      return fact === undefined || (vendored !== undefined && fact.name !== vendored) ? {} : { fact };
    } catch {
      return { diagnostics: [{ code: 'package-json-unreadable', severity: 'incomplete', message: 'The package.json is no JSON.' }] };
    }
  },
  assemble,
});

/** Nothing is missing without it: the packages themselves are there. */
function readOrigins(content: Buffer): Extraction<NpmFact> {
  try {
    return { fact: { origins: parseHiddenLockfile(content.toString()) } };
  } catch {
    return { diagnostics: [{ code: 'npm-origins-unreadable', severity: 'notice', message: 'The list in which npm keeps where packages came from cannot be read.' }] };
  }
}

function assemble(view: CatalogueView<NpmFact>): Assembly {
  const components = new Map(view.files.filter(isPackage).map((file) => [file, makeComponent(view, file)]));
  return {
    components: [...components.values()],
    relationships: [...components].flatMap(([file, from]) =>
      dependenciesOf(view, file).flatMap((found): DraftRelationship[] => {
        const to = components.get(found);
        return to === undefined || to === from ? [] : [{ from, to, kind: 'depends-on' }];
      }),
    ),
    // An application's own folder holds more than the application.
    contents: [...components].flatMap(([{ path }, owner]) => (path.includes('node_modules/') ? [{ owner, folders: [parentPath(path)] }] : [])),
  };
}

function isPackage(file: ViewFile<NpmFact>): file is PackageFile {
  return 'name' in file.fact;
}

function makeComponent(view: CatalogueView<NpmFact>, file: PackageFile): ComponentDraft {
  const { name, version, licences, description, homepage, author } = file.fact;
  const slash = name.indexOf('/');
  const introducedIn = view.introducedIn(file, (fact) => 'name' in fact && fact.name === name && fact.version === version);
  const { integrity, resolved } = originOf(view, file) ?? {};
  const hashes = integrityHashes(integrity ?? '');
  const downloadUrl = withoutCredentials(resolved ?? '');
  return {
    ecosystem: 'npm',
    name,
    version,
    packageUrl: packageUrl({
      type: 'npm',
      ...(slash < 0 ? { name } : { namespace: name.slice(0, slash), name: name.slice(slash + 1) }),
      version,
    }),
    licences: licences.map((declared) => licence(declared, namedLicenceExpression(declared))),
    ...(description === undefined ? {} : { description }),
    ...(homepage === undefined ? {} : { homepage }),
    ...(author === undefined ? {} : { supplier: author }),
    locations: [view.location(file.path, introducedIn)],
    ...(hashes.length === 0 ? {} : { hashes }),
    ...(downloadUrl === undefined ? {} : { downloadUrl }),
  };
}

/** A package that was replaced since by other means has another version than the list, which then says nothing of it. */
function originOf(view: CatalogueView<NpmFact>, { path, fact }: PackageFile): InstalledOrigin | undefined {
  const folder = parentPath(path);
  for (let end = folder.indexOf('node_modules/'); end >= 0; end = folder.indexOf('node_modules/', end + 1)) {
    const above = folder.slice(0, Math.max(0, end - 1));
    const list = view.file(joinPath(above, hiddenLockfile))?.fact;
    const origin = list !== undefined && 'origins' in list ? list.origins[folder.slice(end)] : undefined;
    if (origin?.version === fact.version) return origin;
  }
  return undefined;
}

function dependenciesOf(view: CatalogueView<NpmFact>, { path, fact }: PackageFile): readonly PackageFile[] {
  const folder = parentPath(path);
  return fact.dependencies.flatMap((dependency) => {
    for (const candidate of packageLookup(folder, dependency)) {
      const found = view.file(candidate);
      if (found !== undefined && isPackage(found)) return [found];
    }
    return [];
  });
}
