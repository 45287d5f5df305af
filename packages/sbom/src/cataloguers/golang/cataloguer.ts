import { packageUrl } from '../../package-url.js';
import { defineCataloguer, type Assembly, type CatalogueView, type ComponentDraft, type DraftRelationship, type ViewFile } from '../cataloguer.js';
import { mayBeExecutable } from '../executable-path.js';
import { UniversalScanner } from '../universal-program.js';
import { BuildInformationScanner } from './build-information-scanner.js';
import { goRelease, unknownVersion, type GoBuild, type GoModule } from './parse-build-information.js';

/** Programs and shared libraries of Go, each with the modules it was built from and the standard library. */
export const golangCataloguer = defineCataloguer<GoBuild>({
  name: 'golang',
  version: 3,
  candidates: { programs: true },
  wants: (path) => mayBeExecutable(path),
  // Libraries of Windows are of .NET, nearly all of them, and there are many.
  scan: ({ path }, head) => (path.toLowerCase().endsWith('.dll') ? undefined : (BuildInformationScanner.of(head) ?? UniversalScanner.of(head, (slice) => BuildInformationScanner.of(slice), joinBuilds))),
  assemble(view): Assembly {
    const programs = view.files.map((file) => modulesOf(view, file));
    return {
      components: programs.flatMap(({ main, others }) => [...(main === undefined ? [] : [main]), ...others]),
      guesses: programs.flatMap(({ toolchain }) => toolchain ?? []),
      relationships: programs.flatMap(({ main, others }) =>
        main === undefined ? [] : others.map((to): DraftRelationship => ({ from: main, to, kind: 'depends-on' })),
      ),
    };
  },
});

/** The build of a program for several architectures, which may need modules for one of them alone. */
function joinBuilds([first, ...others]: readonly GoBuild[]): GoBuild | undefined {
  if (first === undefined) return undefined;
  const modules = new Map([first, ...others].flatMap(({ dependencies }) => dependencies.map((module) => [`${module.path} ${module.version}`, module])));
  return { ...first, dependencies: [...modules.values()] };
}

/** What one program comes to. */
interface GoProgram {
  readonly main?: ComponentDraft;
  readonly others: readonly ComponentDraft[];
  readonly toolchain?: ComponentDraft;
}

const toolchainConfidence = 0.9;

/** A program built without modules is told by the path of its package, where that begins with a host as those of modules do. */
function packageAsModule(mainPackage: string | undefined): GoModule | undefined {
  return mainPackage !== undefined && /^[^/]+\.[^/]+\//.test(mainPackage) ? { path: mainPackage, version: unknownVersion } : undefined;
}

/** The build does not tell which module needs which, so all that is not the main one hangs on that. */
function modulesOf(view: CatalogueView<GoBuild>, file: ViewFile<GoBuild>): GoProgram {
  const { mainPackage, dependencies, goVersion } = file.fact;
  const identity = JSON.stringify(file.fact);
  const location = view.location(file.path, view.introducedIn(file, (fact) => JSON.stringify(fact) === identity));
  const component = ({ path, version }: GoModule): ComponentDraft => {
    // The package-URL type has paths in lower case, which Go itself tells apart.
    const lowerCase = path.toLowerCase();
    const slash = lowerCase.lastIndexOf('/');
    return {
      ecosystem: 'golang',
      name: path,
      version,
      packageUrl: packageUrl({
        type: 'golang',
        ...(slash < 0 ? { name: lowerCase } : { namespace: lowerCase.slice(0, slash), name: lowerCase.slice(slash + 1) }),
        version: version === unknownVersion ? undefined : version,
      }),
      licences: [],
      locations: [location],
    };
  };
  const release = goRelease(goVersion);
  const library = goVersion === '' ? [] : [component({ path: 'stdlib', version: release ?? unknownVersion })];
  const unique = new Map(dependencies.map((module) => [`${module.path}@${module.version}`, module]));
  const main = file.fact.main ?? packageAsModule(mainPackage);
  // `cmd/compile` and the like: the toolchain, by the name that Go's own vulnerability database has for it.
  const isToolchain = mainPackage?.startsWith('cmd/') === true && release !== undefined;
  return {
    ...(main === undefined ? {} : { main: component(main) }),
    others: [...[...unique.values()].map(component), ...library],
    ...(isToolchain ? { toolchain: { ...component({ path: 'toolchain', version: release }), evidence: { technique: 'binary-analysis', confidence: toolchainConfidence } } } : {}),
  };
}
