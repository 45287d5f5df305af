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
} from '../cataloguer.js';
import { distroQualifier, upstreamQualifier } from '../distribution-qualifiers.js';
import { packagePresence } from '../package-presence.js';
import { providerIndex } from '../provider-index.js';
import { parseApkInstalled, type ApkPackage } from './parse-apk-installed.js';

export interface ApkFact {
  readonly packages: readonly ApkPackage[];
}

interface InstalledApk {
  readonly fact: ApkPackage;
  readonly component: ComponentDraft;
}

/** Where apk-tools keeps its database: the second since the merge of `/lib` into `/usr/lib`. */
const databaseFiles = ['lib/apk/db/installed', 'usr/lib/apk/db/installed'];

/** Alpine and what is built with apk: Wolfi, Chainguard and others. */
export const apkCataloguer = defineCataloguer<ApkFact>({
  name: 'apk',
  version: 1,
  candidates: { names: ['installed'] },
  wants: (path) => path.endsWith('lib/apk/db/installed'),
  extract({ content }): Extraction<ApkFact> {
    const { packages, diagnostics } = parseApkInstalled(content.toString());
    return { fact: { packages }, diagnostics };
  },
  assemble,
});

function assemble(view: CatalogueView<ApkFact>): Assembly {
  const files = new Set([...databaseFiles, ...databaseFiles.flatMap((path) => view.resolve(path) ?? [])]);
  const introducedIn = packagePresence(view, (path) => files.has(path), ({ packages }) => packages.map(packageKey));
  const installed = new Map<string, InstalledApk>();
  const virtual: string[] = [];
  // Of a database moved by an upgrade and its remains, the one from the higher layer is in use.
  const databases = view.files.filter(({ path }) => files.has(path)).toSorted((left, right) => left.layerIndex - right.layerIndex);
  for (const { path, fact } of databases) {
    for (const found of fact.packages) {
      if (found.name.startsWith('.')) virtual.push(found.name);
      else installed.set(found.name, { fact: found, component: makeComponent(view, found, path, introducedIn(packageKey(found))) });
    }
  }
  const packages = [...installed.values()];
  return {
    components: packages.map(({ component }) => component),
    relationships: resolveDependencies(packages),
    ownership: packages.map(({ fact, component }) => ({ owner: component, paths: fact.files })),
    diagnostics: virtual.map((name) => ({
      code: 'apk-virtual-package',
      severity: 'notice',
      message: `${name} is a name for a set of packages, made by "apk add --virtual", and no package itself.`,
    })),
  };
}

function makeComponent(view: CatalogueView<ApkFact>, found: ApkPackage, database: string, layerIndex: number): ComponentDraft {
  const { name, version, architecture, description, homepage, maintainer } = found;
  const source = { name: found.origin ?? name, version };
  return {
    ecosystem: 'apk',
    name,
    version,
    packageUrl: packageUrl({
      type: 'apk',
      namespace: view.distribution?.id,
      name,
      version,
      qualifiers: { arch: architecture, distro: distroQualifier(view.distribution), upstream: upstreamQualifier(found, source) },
    }),
    source,
    ...(architecture === undefined ? {} : { architecture }),
    licences: found.licence === undefined ? [] : [licence(found.licence, namedLicenceExpression(found.licence))],
    ...(description === undefined ? {} : { description }),
    ...(homepage === undefined ? {} : { homepage }),
    ...(maintainer === undefined ? {} : { supplier: maintainer }),
    locations: [view.location(database, layerIndex)],
  };
}

/** Edges to the package of the name, else to every package that provides it (`so:`, `cmd:`, `pc:` names and paths among them). */
function resolveDependencies(packages: readonly InstalledApk[]): readonly DraftRelationship[] {
  const byName = new Map(packages.map((found) => [found.fact.name, found]));
  const providers = providerIndex(packages, ({ fact }) => fact.provides.map(withoutVersion));
  return packages.flatMap((from) => {
    const targets = new Set(
      from.fact.depends
        .filter((name) => !name.startsWith('!'))
        .map(withoutVersion)
        .flatMap((name) => byName.get(name) ?? providers.get(name) ?? []),
    );
    targets.delete(from);
    return [...targets].map((to): DraftRelationship => ({ from: from.component, to: to.component, kind: 'depends-on' }));
  });
}

function withoutVersion(name: string): string {
  return name.replace(/[<>=~].*$/, '');
}

function packageKey({ name, version }: ApkPackage): string {
  return `${name}@${version}`;
}
