import { baseName, parentPath } from '../../layers/layer-path.js';
import { packageUrl } from '../../package-url.js';
import {
  defineCataloguer,
  type Assembly,
  type CatalogueView,
  type ComponentDraft,
  type Extraction,
  type FileOwnership,
} from '../cataloguer.js';
import { distroQualifier, upstreamQualifier } from '../distribution-qualifiers.js';
import { packagePresence } from '../package-presence.js';
import { debianLicence } from './debian-licence.js';
import { parseCopyright, type CopyrightLicence } from './parse-copyright.js';
import { parseDpkgStatus, type DpkgPackage } from './parse-dpkg-status.js';
import { resolveDependencies, type InstalledPackage } from './resolve-dependencies.js';

/** Facts of a dpkg file: a database, a list of a package's files, or a copyright file. */
export type DpkgFact =
  | { readonly kind: 'status'; readonly packages: readonly DpkgPackage[] }
  /** Paths relative to the root, a line each. */
  | { readonly kind: 'files'; readonly paths: string }
  /** Licences as declared. */
  | { readonly kind: 'copyright'; readonly licences: readonly CopyrightLicence[] };

/** The databases of a root file system; one of a nested root (a chroot) is none of the image's own packages. */
const databaseFiles = ['var/lib/dpkg/status', 'usr/lib/dpkg/status'];
const databaseFolders = ['var/lib/dpkg/status.d', 'usr/lib/dpkg/status.d'];
const informationFolders = ['var/lib/dpkg/info', 'usr/lib/dpkg/info'];

/** Debian, Ubuntu and what descends from them, with the `status.d` layout of distroless images. */
export const dpkgCataloguer = defineCataloguer<DpkgFact>({
  name: 'dpkg',
  version: 2,
  wants(path) {
    if (path.endsWith('/copyright')) return path.includes('share/doc/');
    if (path.endsWith('.list') || path.endsWith('.md5sums')) return path.includes('lib/dpkg/');
    return path.endsWith('lib/dpkg/status') || path.includes('lib/dpkg/status.d/');
  },
  extract({ path, content }): Extraction<DpkgFact> {
    const text = content.toString();
    if (path.endsWith('/copyright')) {
      const licences = parseCopyright(text);
      return licences.length === 0 ? {} : { fact: { kind: 'copyright', licences } };
    }
    if (path.endsWith('.list')) return { fact: { kind: 'files', paths: text.replaceAll(/^\//gm, '') } };
    if (path.endsWith('.md5sums')) return { fact: { kind: 'files', paths: text.replaceAll(/^[0-9a-fA-F]{32} [ *]/gm, '') } };
    const { packages, diagnostics } = parseDpkgStatus(text);
    return { fact: { kind: 'status', packages }, diagnostics };
  },
  assemble,
});

function assemble(view: CatalogueView<DpkgFact>): Assembly {
  const isDatabase = databaseTest(view);
  const introducedIn = packagePresence(view, isDatabase, (fact) => (fact.kind === 'status' ? fact.packages.map(packageKey) : []));
  const installed = new Map<string, InstalledPackage & { readonly database: string }>();
  for (const { path, fact } of view.files) {
    if (fact.kind !== 'status' || !isDatabase(path)) continue;
    for (const found of fact.packages) {
      const component = makeComponent(view, found, path, introducedIn(packageKey(found)));
      installed.set(nameAndArchitecture(found), { fact: found, component, database: path });
    }
  }
  const packages = [...installed.values()];
  return {
    components: packages.map(({ component }) => component),
    relationships: resolveDependencies(packages),
    ownership: ownedFiles(view, packages),
    diagnostics: nestedDatabases(view, isDatabase),
  };
}

function databaseTest(view: CatalogueView<DpkgFact>): (path: string) => boolean {
  // Names as they are and as links lead: lower layers may have had the database under the one, upper ones the other.
  const files = new Set([...databaseFiles, ...databaseFiles.flatMap((path) => view.resolve(path) ?? [])]);
  const folders = new Set([...databaseFolders, ...databaseFolders.flatMap((path) => view.resolve(path) ?? [])]);
  return (path) => files.has(path) || folders.has(parentPath(path));
}

function makeComponent(view: CatalogueView<DpkgFact>, found: DpkgPackage, database: string, layerIndex: number): ComponentDraft {
  const { name, version, architecture, source, description, homepage, maintainer } = found;
  const copyright = view.file(`usr/share/doc/${name}/copyright`);
  const declared = copyright?.fact.kind === 'copyright' ? copyright.fact.licences : [];
  return {
    ecosystem: 'deb',
    name,
    version,
    packageUrl: packageUrl({
      type: 'deb',
      namespace: view.distribution?.id,
      name,
      version,
      qualifiers: {
        arch: architecture,
        distro: distroQualifier(view.distribution),
        upstream: upstreamQualifier(found, source),
      },
    }),
    source,
    ...(architecture === undefined ? {} : { architecture }),
    licences: declared.map((licence) => debianLicence(licence, `/${copyright?.path ?? ''}`)),
    ...(description === undefined ? {} : { description }),
    ...(homepage === undefined ? {} : { homepage }),
    ...(maintainer === undefined ? {} : { supplier: maintainer }),
    locations: [view.location(database, layerIndex)],
  };
}

/** Lists of files beside the database, by package. */
function ownedFiles(view: CatalogueView<DpkgFact>, packages: readonly (InstalledPackage & { readonly database: string })[]): readonly FileOwnership[] {
  const lists = Map.groupBy(
    view.files.filter(({ fact }) => fact.kind === 'files'),
    ({ path }) => path.replace(/\.(?:list|md5sums)$/, ''),
  );
  return packages.flatMap(({ fact, component, database }) => {
    // Beside a file of status.d the list has that file's name, which need not be the package's.
    const stems = [database, ...informationFolders.flatMap((folder) => stemsIn(view.resolve(folder), fact))];
    return stems
      .flatMap((stem) => lists.get(stem) ?? [])
      .flatMap((list) => (list.fact.kind === 'files' ? [{ owner: component, paths: list.fact.paths }] : []));
  });
}

/** `name:architecture` for packages that may be installed for several, else `name`. */
function stemsIn(folder: string | undefined, { name, architecture }: DpkgPackage): readonly string[] {
  return folder === undefined ? [] : [`${folder}/${name}:${architecture ?? ''}`, `${folder}/${name}`];
}

function nestedDatabases(view: CatalogueView<DpkgFact>, isDatabase: (path: string) => boolean): NonNullable<Assembly['diagnostics']> {
  return view.files
    .filter(({ path, fact }) => fact.kind === 'status' && baseName(path) === 'status' && !isDatabase(path))
    .map(({ path }) => ({
      code: 'dpkg-database-of-nested-root',
      severity: 'notice' as const,
      message: 'A package database below another folder describes another root file system and was not catalogued.',
      path,
    }));
}

function nameAndArchitecture({ name, architecture }: DpkgPackage): string {
  return `${name}:${architecture ?? ''}`;
}

function packageKey(found: DpkgPackage): string {
  return `${nameAndArchitecture(found)}@${found.version}`;
}
