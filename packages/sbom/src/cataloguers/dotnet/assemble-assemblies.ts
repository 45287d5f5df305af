import { baseName, joinPath, parentPath } from '../../layers/layer-path.js';
import { packageUrl } from '../../package-url.js';
import { cpeName } from '../cpe-name.js';
import type { Assembly, CatalogueView, ComponentContents, ComponentDraft, DraftRelationship, ViewFile } from '../cataloguer.js';
import type { AssemblyFact, DotnetFact, PackagesFact } from './dotnet-fact.js';
import { identifyAssembly, isSignedAsRuntime, runtimeIdentifier, runtimeVersion } from './identify-assembly.js';
import { isDepsJson } from './assemble-packages.js';
import { firstNamedByPlatform, frameworkContents, nativeRuntimeFiles, sharedFramework } from './shared-framework.js';

type AssemblyFile = ViewFile<AssemblyFact>;

/** What one folder with assemblies that no deps.json lists comes to. */
interface FolderOfAssemblies {
  /** Runtimes and packages, which count also inside packages of other kinds, such as a wheel. */
  readonly components: readonly ComponentDraft[];
  readonly guesses: readonly ComponentDraft[];
  readonly contents: readonly ComponentContents[];
  readonly relationships: readonly DraftRelationship[];
}

/** The assemblies that make a folder the runtime's own, and the package of their files. */
const runtimes = [
  { marker: 'System.Private.CoreLib', name: 'Microsoft.NETCore.App' },
  { marker: 'Microsoft.AspNetCore', name: 'Microsoft.AspNetCore.App' },
  { marker: 'PresentationCore', name: 'Microsoft.WindowsDesktop.App' },
] as const;

const runtimeConfidence = 0.9;

/** Assemblies that no deps.json accounts for: parts of a runtime, packages, and the code of programs. */
export function assembleAssemblies(
  view: CatalogueView<DotnetFact>,
  assemblies: readonly AssemblyFile[],
  lists: readonly ViewFile<PackagesFact>[],
): Required<Pick<Assembly, 'components' | 'guesses' | 'contents' | 'relationships'>> {
  const listed = new Map<string, Set<string>>();
  for (const { path, fact } of lists.filter(({ path: list }) => isDepsJson(list))) {
    const names = listed.get(parentPath(path)) ?? new Set();
    for (const name of fact.files) names.add(name);
    // A shared framework is what its folder says, listed or not.
    if (sharedFramework(path) !== undefined) names.add(everything);
    listed.set(parentPath(path), names);
  }
  const unlisted = assemblies.filter(({ path }) => !isListed(path, listed));
  // Translations of an assembly lie in a folder for each language beside it.
  const folders = [...Map.groupBy(unlisted, ({ path, fact }) => (fact.culture === undefined ? parentPath(path) : parentPath(parentPath(path))))].map(([folder, files]) =>
    ofFolder(view, folder, files.filter(({ fact }) => fact.culture === undefined), files.filter(({ fact }) => fact.culture !== undefined)),
  );
  return {
    components: folders.flatMap(({ components }) => components),
    guesses: folders.flatMap(({ guesses }) => guesses),
    contents: folders.flatMap(({ contents }) => contents),
    relationships: folders.flatMap(({ relationships }) => relationships),
  };
}

const everything = '*';

/** Listed by a deps.json of its folder or of one above it, as those for several platforms lie deeper. */
function isListed(path: string, listed: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const name = baseName(path);
  for (let folder = parentPath(path); ; folder = parentPath(folder)) {
    const names = listed.get(folder);
    if (names !== undefined && (names.has(name) || names.has(everything))) return true;
    if (folder === '') return false;
  }
}

function ofFolder(view: CatalogueView<DotnetFact>, folder: string, files: readonly AssemblyFile[], translations: readonly AssemblyFile[]): FolderOfAssemblies {
  const shared = sharedFramework(files[0]?.path ?? '');
  const runtime = shared === undefined ? runtimesOf(view, files) : [ofSharedFramework(view, shared, files)];
  const ofRuntime = new Set(runtime.flatMap((found) => found.files));
  const others = files.filter((file) => !ofRuntime.has(file));
  const isProgram = ({ fact, path }: AssemblyFile): boolean => path.endsWith('.exe') || view.resolve(joinPath(folder, `${fact.name}.runtimeconfig.json`)) !== undefined;
  const ownKeys = new Set(others.filter(isProgram).flatMap(({ fact }) => fact.publicKeyToken ?? []));
  const drafts = new Map(others.map((file) => [file, makeComponent(view, file, ownKeys)]));
  const byName = new Map([...runtime.flatMap(({ draft, files: parts }) => parts.map(({ fact }) => [fact.name, draft] as const)), ...[...drafts].map(([{ fact }, draft]) => [fact.name, draft] as const)]);
  return {
    components: [...runtime.map(({ draft }) => draft), ...[...drafts.values()].filter(isPackage)],
    guesses: [...drafts.values()].filter((draft) => !isPackage(draft)),
    contents: [
      ...runtime.map(({ draft: owner, files: parts }) => ({ owner, ...contentsOfRuntime(folder, parts, shared !== undefined) })),
      ...[...drafts].map(([file, owner]) => ({ owner, files: [file.path, ...(isProgram(file) ? [joinPath(folder, file.fact.name), joinPath(folder, `${file.fact.name}.exe`)] : [])] })),
      ...translations.flatMap(({ path, fact }) => {
        const owner = byName.get(fact.name.replace(/\.resources$/, ''));
        return owner === undefined ? [] : [{ owner, files: [path] }];
      }),
    ],
    relationships: [...drafts].flatMap(([{ fact }, from]) =>
      [...new Set(fact.references.map((name) => byName.get(name)))].flatMap((to): DraftRelationship[] => (to === undefined || to === from ? [] : [{ from, to, kind: 'depends-on' }])),
    ),
  };
}

function isPackage({ ecosystem }: ComponentDraft): boolean {
  return ecosystem === 'nuget';
}

function contentsOfRuntime(folder: string, parts: readonly AssemblyFile[], isShared: boolean): Omit<ComponentContents, 'owner'> {
  if (isShared) return frameworkContents(parts[0]?.path ?? '');
  const isCore = parts.some(({ fact }) => fact.name === runtimes[0].marker);
  return { files: [...parts.map(({ path }) => path), ...(isCore ? nativeRuntimeFiles.map((name) => joinPath(folder, name)) : [])] };
}

interface FoundRuntime {
  readonly draft: ComponentDraft;
  readonly files: readonly AssemblyFile[];
}

/** Runtimes that were copied beside a program. Which assemblies are theirs is told by the key and by the build, which has one file version. */
function runtimesOf(view: CatalogueView<DotnetFact>, files: readonly AssemblyFile[]): readonly FoundRuntime[] {
  const core = files.find(({ fact }) => fact.name === runtimes[0].marker);
  if (core === undefined) return [];
  const taken = new Set<AssemblyFile>();
  // The runtime itself comes last: its key is on libraries of the others, too.
  return runtimes.toReversed().flatMap(({ marker, name }): FoundRuntime[] => {
    const found = files.find(({ fact }) => fact.name === marker);
    const version = found === undefined ? undefined : runtimeVersion(found.fact);
    if (found === undefined || version === undefined) return [];
    const isPart = ({ fact }: AssemblyFile): boolean =>
      isSignedAsRuntime(fact) && fact.fileVersion === found.fact.fileVersion && (found === core || fact.publicKeyToken === found.fact.publicKeyToken);
    const parts = files.filter((file) => !taken.has(file) && (file === found || isPart(file)));
    for (const part of parts) taken.add(part);
    return [{ draft: runtimeComponent(view, name, version, [...parts, core], found), files: parts }];
  });
}

function ofSharedFramework(view: CatalogueView<DotnetFact>, { name, version }: { readonly name: string; readonly version: string }, files: readonly AssemblyFile[]): FoundRuntime {
  const [first] = files;
  return { draft: runtimeComponent(view, name, version, files, first), files };
}

/** @param candidates assemblies of which one may tell the platform */
function runtimeComponent(view: CatalogueView<DotnetFact>, name: string, version: string, candidates: readonly AssemblyFile[], at: AssemblyFile | undefined): ComponentDraft {
  const release = Number.parseInt(version, 10);
  const platform = candidates.map(({ fact }) => runtimeIdentifier(fact)).find((found) => found !== undefined);
  const isMusl = view.distribution !== undefined && [view.distribution.id, ...view.distribution.idLike].includes('alpine');
  const isPackage = release < firstNamedByPlatform || platform !== undefined;
  const packageName = release < firstNamedByPlatform || platform === undefined ? name : `${name}.Runtime.${isMusl ? platform.replace('linux-', 'linux-musl-') : platform}`;
  // Of a runtime whose platform nothing tells there is no package of its own.
  const ecosystem = isPackage ? 'nuget' : 'generic';
  return {
    ecosystem,
    name: packageName,
    version,
    packageUrl: packageUrl({ type: ecosystem, name: packageName, version }),
    licences: [],
    purpose: 'framework',
    locations: at === undefined ? [] : [view.location(at.path, view.introducedIn(at, (fact) => fact.kind === 'assembly' && fact.productVersion === at.fact.productVersion))],
    evidence: { technique: 'binary-analysis', confidence: runtimeConfidence },
    ...(name === 'Microsoft.WindowsDesktop.App' ? {} : { cpes: [cpeName(name === 'Microsoft.AspNetCore.App' ? 'microsoft:asp.net_core' : release < 5 ? 'microsoft:.net_core' : 'microsoft:.net', version)] }),
  };
}

function makeComponent(view: CatalogueView<DotnetFact>, file: AssemblyFile, ownKeys: ReadonlySet<string>): ComponentDraft {
  const { fact, path } = file;
  const { kind, name, version, confidence } = identifyAssembly(fact, ownKeys);
  const introducedIn = view.introducedIn(file, (other) => other.kind === 'assembly' && other.name === fact.name && other.version === fact.version && other.productVersion === fact.productVersion);
  return {
    ecosystem: kind === 'package' ? 'nuget' : 'generic',
    name,
    version,
    packageUrl: packageUrl({ type: kind === 'package' ? 'nuget' : 'generic', name, version }),
    licences: [],
    ...(fact.description === undefined ? {} : { description: fact.description }),
    ...(fact.company === undefined ? {} : { supplier: fact.company }),
    ...(fact.copyright === undefined ? {} : { copyright: fact.copyright }),
    locations: [view.location(path, introducedIn)],
    evidence: { technique: 'binary-analysis', confidence },
  };
}
