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
import { parseGemspec, type Gem } from './parse-gemspec.js';

interface InstalledGem {
  readonly file: ViewFile<Gem>;
  readonly component: ComponentDraft;
}

const maximumSpecificationBytes = 4 * 1024 * 1024;

/** Gems as they are installed, those that come with Ruby included: each by its specification. Lock files are not read. */
export const rubyCataloguer = defineCataloguer<Gem>({
  name: 'ruby',
  version: 1,
  candidates: { endings: ['gemspec'] },
  wants(path) {
    if (!path.endsWith('.gemspec')) return false;
    const folder = `/${parentPath(path)}`;
    return folder.endsWith('/specifications') || folder.endsWith('/specifications/default');
  },
  extract({ content }): Extraction<Gem> {
    const fact = content.length > maximumSpecificationBytes ? undefined : parseGemspec(content.toString());
    if (fact !== undefined) return { fact };
    return { diagnostics: [{ code: 'gemspec-unreadable', severity: 'incomplete', message: 'The specification of a gem has no name or no version that can be read.' }] };
  },
  assemble,
});

function assemble(view: CatalogueView<Gem>): Assembly {
  const installed = view.files.map((file): InstalledGem => ({ file, component: makeComponent(view, file) }));
  return { components: installed.map(({ component }) => component), relationships: resolveDependencies(installed), contents: installed.map(({ file, component }) => ({ owner: component, folders: codeFolders(file.path) })) };
}

/** The gem's code is beside the folder of specifications, under the specification's name. */
function codeFolders(path: string): readonly string[] {
  const [collection = ''] = path.split(/\/specifications\//, 1);
  return [joinPath(collection, `gems/${baseName(path).replace(/\.gemspec$/, '')}`)];
}

function makeComponent(view: CatalogueView<Gem>, file: ViewFile<Gem>): ComponentDraft {
  const { name, version, platform, licences, description, homepage, author } = file.fact;
  const introducedIn = view.introducedIn(file, (fact) => fact.name === name && fact.version === version && fact.platform === platform);
  return {
    ecosystem: 'gem',
    name,
    version,
    packageUrl: packageUrl({ type: 'gem', name, version, qualifiers: { platform } }),
    licences: licences.map((declared) => licence(declared, namedLicenceExpression(declared))),
    ...(description === undefined ? {} : { description }),
    ...(homepage === undefined ? {} : { homepage }),
    ...(author === undefined ? {} : { supplier: author }),
    locations: [view.location(file.path, introducedIn)],
  };
}

/**
 * Edges to the gem of that name in the same collection, or else to the only one there is. Of several versions none is
 * chosen: which one Ruby loads depends on the requirements of the whole program.
 */
function resolveDependencies(installed: readonly InstalledGem[]): readonly DraftRelationship[] {
  const byName = Map.groupBy(installed, ({ file }) => file.fact.name);
  const byCollection = Map.groupBy(installed, ({ file }) => collectionKey(file.path, file.fact.name));
  return installed.flatMap(({ file, component: from }) =>
    file.fact.dependencies.flatMap((name): DraftRelationship[] => {
      const candidates = byCollection.get(collectionKey(file.path, name)) ?? byName.get(name) ?? [];
      const to = candidates.length === 1 ? candidates[0]?.component : undefined;
      return to === undefined || to === from ? [] : [{ from, to, kind: 'depends-on' }];
    }),
  );
}

/** Gems that come with Ruby are in a folder of their own inside the collection's. */
function collectionKey(path: string, name: string): string {
  const folder = parentPath(path);
  return `${folder.endsWith('/default') ? parentPath(folder) : folder}\0${name}`;
}
