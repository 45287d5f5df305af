import { parentPath } from '../../layers/layer-path.js';
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
import { parseDepsJson, type DepsJson, type NugetPackage } from './parse-deps-json.js';

/** A package that is there when the program runs. */
interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Positions, in the same list, of what it needs: directly, or by way of packages that are not there themselves. */
  readonly dependencies: readonly number[];
}

type DotnetFact = readonly InstalledPackage[];

/** NuGet packages of .NET programs and the shared frameworks they run on, by their deps.json files. */
export const dotnetCataloguer = defineCataloguer<DotnetFact>({
  name: 'dotnet',
  version: 1,
  wants: (path) => path.endsWith('.deps.json'),
  extract({ path, content }): Extraction<DotnetFact> {
    try {
      const parsed = parseDepsJson(content.toString());
      const fact = installedPackages(parsed);
      const framework = fact.length === 0 ? sharedFramework(path, parsed) : undefined;
      return fact.length === 0 && framework === undefined ? {} : { fact: framework === undefined ? fact : [framework] };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return { diagnostics: [{ code: 'deps-json-unreadable', severity: 'incomplete', message: 'The deps.json is no JSON.' }] };
    }
  },
  assemble,
});

function installedPackages({ packages }: DepsJson): DotnetFact {
  const present = [...packages.values()].filter(({ hasFiles }) => hasFiles);
  const positions = new Map(present.map((known, position) => [known, position]));
  return present.map((known) => ({
    name: known.name,
    version: known.version,
    dependencies: [...nearestPresent(known, packages)].flatMap((needed) => positions.get(needed) ?? []),
  }));
}

/** What a package needs, looking through packages that only name others. */
function nearestPresent(from: NugetPackage, packages: ReadonlyMap<string, NugetPackage>): ReadonlySet<NugetPackage> {
  const found = new Set<NugetPackage>();
  const seen = new Set<string>();
  const open = [...from.dependencies];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const needed = packages.get(key);
    if (needed === undefined || needed === from) continue;
    if (needed.hasFiles) found.add(needed);
    else open.push(...needed.dependencies);
  }
  return found;
}

/** A framework whose deps.json lists nothing: the folders say what it is, and the package of its files is named after it. */
function sharedFramework(path: string, { runtimeIdentifier }: DepsJson): InstalledPackage | undefined {
  const [, name, version] = /(?:^|\/)shared\/([A-Za-z][\w.]*)\/(\d[\w.+-]*)\/\1\.deps\.json$/.exec(path) ?? [];
  if (name === undefined || version === undefined) return undefined;
  return { name: runtimeIdentifier === undefined ? name : `${name}.Runtime.${runtimeIdentifier}`, version, dependencies: [] };
}

interface Found {
  readonly file: ViewFile<DotnetFact>;
  readonly installed: InstalledPackage;
}

function assemble(view: CatalogueView<DotnetFact>): Assembly {
  const found = view.files.flatMap((file) => file.fact.map((installed): Found => ({ file, installed })));
  // Programs published to one folder share the files in it.
  const copies = Map.groupBy(found, ({ file, installed }) => `${parentPath(file.path)}\0${installed.name.toLowerCase()}\0${installed.version}`);
  const components = new Map<InstalledPackage, ComponentDraft>();
  for (const copy of copies.values()) {
    const component = makeComponent(view, copy);
    for (const { installed } of copy) components.set(installed, component);
  }
  return {
    components: [...new Set(components.values())],
    // Assemblies lie beside the file that lists them.
    contents: found.flatMap(({ file, installed }) => {
      const owner = components.get(installed);
      return owner === undefined ? [] : [{ owner, folders: [parentPath(file.path)] }];
    }),
    relationships: found.flatMap(({ file, installed }) =>
      installed.dependencies.flatMap((position): DraftRelationship[] => {
        const needed = file.fact[position];
        const [from, to] = [components.get(installed), needed === undefined ? undefined : components.get(needed)];
        return from === undefined || to === undefined || from === to ? [] : [{ from, to, kind: 'depends-on' }];
      }),
    ),
  };
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
      const introducedIn = view.introducedIn(file, (fact) => fact.some((other) => other.name === installed.name && other.version === installed.version));
      return view.location(file.path, introducedIn);
    }),
  };
}
