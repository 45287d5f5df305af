import { parentPath } from '../../layers/layer-path.js';
import { packageUrl } from '../../package-url.js';
import type { Assembly, CatalogueView, ComponentContents, ComponentDraft, DraftRelationship, ViewFile } from '../cataloguer.js';
import { frameworkContents, sharedFramework } from './shared-framework.js';
import type { DotnetFact, InstalledPackage, PackagesFact } from './dotnet-fact.js';

interface Found {
  readonly file: ViewFile<PackagesFact>;
  readonly installed: InstalledPackage;
}

/** Packages that deps.json files list, those inside single-file programs included. */
export function assemblePackages(view: CatalogueView<DotnetFact>, files: readonly ViewFile<PackagesFact>[]): Required<Pick<Assembly, 'components' | 'contents' | 'relationships'>> {
  const found = files.flatMap((file) => file.fact.packages.map((installed): Found => ({ file, installed })));
  // Programs published to one folder share the files in it.
  const copies = Map.groupBy(found, ({ file, installed }) => `${folderOf(file)}\0${installed.name.toLowerCase()}\0${installed.version}`);
  const components = new Map<InstalledPackage, ComponentDraft>();
  for (const copy of copies.values()) {
    const component = makeComponent(view, copy);
    for (const { installed } of copy) components.set(installed, component);
  }
  return {
    components: [...new Set(components.values())],
    // Assemblies lie beside the file that lists them.
    contents: found.flatMap(({ file, installed }): ComponentContents[] => {
      const owner = components.get(installed);
      if (owner === undefined) return [];
      if (!isDepsJson(file.path)) return [{ owner, files: [file.path] }];
      return [{ owner, ...(sharedFramework(file.path) === undefined ? { folders: [parentPath(file.path)] } : frameworkContents(file.path)) }];
    }),
    relationships: found.flatMap(({ file, installed }) =>
      installed.dependencies.flatMap((position): DraftRelationship[] => {
        const needed = file.fact.packages[position];
        const [from, to] = [components.get(installed), needed === undefined ? undefined : components.get(needed)];
        return from === undefined || to === undefined || from === to ? [] : [{ from, to, kind: 'depends-on' }];
      }),
    ),
  };
}

export function isDepsJson(path: string): boolean {
  return path.endsWith('.deps.json');
}

/** A single-file program is a folder of its own. */
function folderOf({ path }: ViewFile<PackagesFact>): string {
  return isDepsJson(path) ? parentPath(path) : path;
}

function makeComponent(view: CatalogueView<DotnetFact>, copy: readonly Found[]): ComponentDraft {
  const { name = '', version = '' } = copy[0]?.installed ?? {};
  return {
    ecosystem: 'nuget',
    name,
    version,
    packageUrl: packageUrl({ type: 'nuget', name, version }),
    licences: [],
    locations: copy.map(({ file, installed }) => {
      const introducedIn = view.introducedIn(file, (fact) => fact.kind === 'packages' && fact.packages.some((other) => other.name === installed.name && other.version === installed.version));
      return view.location(file.path, introducedIn);
    }),
  };
}
