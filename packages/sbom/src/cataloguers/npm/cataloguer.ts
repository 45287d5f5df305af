import { parentPath } from '../../layers/layer-path.js';
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
import { isPackageLocation, packageLookup } from './package-json-location.js';
import { parsePackageJson, type NpmPackage } from './parse-package-json.js';

/** Packages of npm, yarn and pnpm as they are installed: each by its own package.json. Lock files are not read. */
export const npmCataloguer = defineCataloguer<NpmPackage>({
  name: 'npm',
  version: 1,
  wants: (path) => path.endsWith('package.json') && (path.endsWith('/package.json') || path === 'package.json') && isPackageLocation(path),
  extract({ content }): Extraction<NpmPackage> {
    try {
      const fact = parsePackageJson(content.toString());
      return fact === undefined ? {} : { fact };
    } catch {
      return { diagnostics: [{ code: 'package-json-unreadable', severity: 'incomplete', message: 'The package.json is no JSON.' }] };
    }
  },
  assemble,
});

function assemble(view: CatalogueView<NpmPackage>): Assembly {
  const components = new Map(view.files.map((file) => [file, makeComponent(view, file)]));
  return {
    components: [...components.values()],
    relationships: [...components].flatMap(([file, from]) =>
      dependenciesOf(view, file).flatMap((found): DraftRelationship[] => {
        const to = components.get(found);
        return to === undefined || to === from ? [] : [{ from, to, kind: 'depends-on' }];
      }),
    ),
  };
}

function makeComponent(view: CatalogueView<NpmPackage>, file: ViewFile<NpmPackage>): ComponentDraft {
  const { name, version, licences, description, homepage, author } = file.fact;
  const slash = name.indexOf('/');
  const introducedIn = view.introducedIn(file, (fact) => fact.name === name && fact.version === version);
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
  };
}

function dependenciesOf(view: CatalogueView<NpmPackage>, { path, fact }: ViewFile<NpmPackage>): readonly ViewFile<NpmPackage>[] {
  const folder = parentPath(path);
  return fact.dependencies.flatMap((dependency) => {
    for (const candidate of packageLookup(folder, dependency)) {
      const found = view.file(candidate);
      if (found !== undefined) return [found];
    }
    return [];
  });
}
