import type { Ecosystem } from '../catalogue.js';
import type { Assembly, ComponentDraft } from '../cataloguers/cataloguer.js';
import { normalisedName } from '../cataloguers/python/normalised-name.js';
import { ContentsIndex, findOwners } from './component-ownership.js';

/** Packages of systems that keep a database of them. */
const systemPackages: ReadonlySet<string> = new Set<Ecosystem>(['deb', 'apk', 'rpm', 'alpm']);

/** Packages of programming languages, which are not built by whom their contents are of. */
const languagePackages: ReadonlySet<string> = new Set<Ecosystem>(['npm', 'pypi', 'gem']);

/** What one cataloguer found, with the final word on which of it is in the catalogue. */
interface ReconciledAssembly<Source> {
  readonly source: Source;
  readonly components: readonly ComponentDraft[];
}

export interface Reconciliation<Source> {
  readonly assemblies: readonly ReconciledAssembly<Source>[];
  /** Operating-system packages by what belongs to them. */
  readonly owners: ReadonlyMap<ComponentDraft, ComponentDraft>;
  /** Packages of programming languages by what they bundle. */
  readonly bundlers: ReadonlyMap<ComponentDraft, ComponentDraft>;
  /** Components that stand for another draft, which was the same. */
  readonly replacements: ReadonlyMap<ComponentDraft, ComponentDraft>;
  /** Claims of system packages that the system's own database does not have, which counts. */
  readonly contradicted: readonly ComponentDraft[];
  /** Whether something in the catalogue accounts for the file at a canonical path. */
  isAccountedFor(path: string): boolean;
}

/**
 * Makes one truth of what cataloguers say independently. What a package manager recorded counts. What a program's bytes
 * suggest counts where no package accounts for that program, and gives its version to a Go main module that has none. What
 * a document claims counts where nothing shows the same package.
 * @param files canonical paths of files that may be software
 * @param resolve canonical path of what is visible at a path
 */
export function reconcileComponents<Source extends { readonly assembly: Assembly }>(
  assembled: readonly Source[],
  files: readonly string[],
  resolve: (path: string) => string | undefined,
): Reconciliation<Source> {
  const ownership = assembled.flatMap(({ assembly }) => assembly.ownership ?? []);
  const recorded = assembled.flatMap(({ assembly }) => assembly.components);
  const guesses = assembled.flatMap(({ assembly }) => assembly.guesses ?? []);
  const ownable = [...assembled.filter(({ assembly }) => assembly.ownership === undefined).flatMap(({ assembly }) => assembly.components), ...guesses];
  const paths = new Set([...ownable.flatMap(pathsOf), ...files]);
  const fileOwners = findOwners(paths, ownership, resolve);
  const contents = assembled.flatMap((source) => {
    const listed = source.assembly.contents ?? [];
    return listed.length === 0 ? [] : [{ source, index: new ContentsIndex(listed, resolve) }];
  });
  const owners = new Map<ComponentDraft, ComponentDraft>();
  for (const component of ownable) {
    const owner = pathsOf(component)
      .map((path) => fileOwners.get(path))
      .find((found) => found !== undefined);
    if (owner !== undefined && owner !== component) owners.set(component, owner);
  }

  const byPlace = placesOf(recorded);
  const contradicted: ComponentDraft[] = [];
  const replacements = new Map<ComponentDraft, ComponentDraft>();
  const bundlers = new Map<ComponentDraft, ComponentDraft>();
  const fulfilled = new Map<ComponentDraft, ComponentDraft>();
  /** A cataloguer that guesses may say itself that what it guesses is no part of what else it knows in the folder. */
  const isOfAnother = (guess: ComponentDraft, from: Source, path: string): boolean =>
    contents.some(({ source, index }) => {
      const owner = index.ownerOf(path);
      if (owner === undefined || (source === from && owner === guess)) return false;
      if (from.assembly.guessesInsidePackages !== true || !languagePackages.has(owner.ecosystem)) return true;
      bundlers.set(guess, owner);
      return false;
    });
  const isKept = (guess: ComponentDraft, from: Source): boolean => {
    if (owners.has(guess) || pathsOf(guess).some((path) => isOfAnother(guess, from, path))) return false;
    const same = pathsOf(guess)
      .flatMap((path) => byPlace.get(path) ?? [])
      .find((other) => withoutVersion(other.packageUrl) === withoutVersion(guess.packageUrl));
    if (same === undefined) return true;
    if (!hasVersion(same)) fulfilled.set(same, guess);
    replacements.set(guess, same);
    return false;
  };
  const kept = assembled.map((source) => ({ source, guesses: inOnePlace((source.assembly.guesses ?? []).filter((guess) => isKept(guess, source)), replacements) }));
  const known = new Map([...recorded, ...kept.flatMap(({ guesses: found }) => found)].map((component) => [identityOf(component.packageUrl), component]));
  const systems = recorded.filter(({ ecosystem }) => systemPackages.has(ecosystem));
  const databases = new Set(systems.map(({ ecosystem }) => ecosystem));
  const distributions = new Set(systems.map(({ packageUrl }) => namespaceOf(packageUrl)));
  const isNews = (claim: ComponentDraft): boolean => {
    // A wheel carries libraries of the distribution it was built on, which is no matter of this one's database.
    const isCarried = pathsOf(claim).some((path) => wheelDocument.test(path)) && !distributions.has(namespaceOf(claim.packageUrl));
    if (databases.has(claim.ecosystem) && !isCarried && !known.has(identityOf(claim.packageUrl))) {
      contradicted.push(claim);
      return false;
    }
    const same = known.get(identityOf(claim.packageUrl));
    if (same === undefined) known.set(identityOf(claim.packageUrl), claim);
    else replacements.set(claim, same);
    return same === undefined;
  };
  const assemblies = kept.map(({ source, guesses: found }): ReconciledAssembly<Source> => {
    const components = source.assembly.components.map((component) => {
      const told = fulfilled.get(component);
      if (told === undefined) return component;
      const complete = withVersionOf(component, told);
      replacements.set(component, complete);
      const owner = owners.get(component);
      if (owner !== undefined) owners.set(complete, owner);
      return complete;
    });
    return { source, components: [...components, ...found, ...(source.assembly.claims ?? []).filter(isNews)] };
  });
  const parts = new Set(kept.flatMap(({ source, guesses: found }) => (source.assembly.guessesArePartial === true ? found : [])));
  const located = new Set(assemblies.flatMap(({ components }) => components.filter((component) => !parts.has(component)).flatMap(pathsOf)));
  return {
    assemblies,
    owners,
    bundlers,
    replacements,
    contradicted,
    isAccountedFor: (path) => fileOwners.has(path) || located.has(path) || contents.some(({ index }) => index.ownerOf(path) !== undefined),
  };
}

/** What is inside an archive belongs to whom the archive does; folders may well end in an exclamation mark, too. */
function pathsOf({ locations }: ComponentDraft): readonly string[] {
  return locations.flatMap(({ path }) => {
    const relative = path.slice(1);
    const inside = relative.indexOf('!/');
    return inside < 0 ? [relative] : [relative, relative.slice(0, inside)];
  });
}

function placesOf(components: readonly ComponentDraft[]): ReadonlyMap<string, readonly ComponentDraft[]> {
  const places = new Map<string, ComponentDraft[]>();
  for (const component of components) {
    for (const path of pathsOf(component)) {
      const known = places.get(path);
      if (known === undefined) places.set(path, [component]);
      else known.push(component);
    }
  }
  return places;
}

/** Programs of one product and version, such as a server and its client, are one component with several locations. */
function inOnePlace(guesses: readonly ComponentDraft[], replacements: Map<ComponentDraft, ComponentDraft>): readonly ComponentDraft[] {
  return [...Map.groupBy(guesses, ({ packageUrl }) => packageUrl).values()].flatMap((group): readonly ComponentDraft[] => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return group;
    const joined = { ...first, locations: group.flatMap(({ locations }) => locations) };
    for (const guess of group) replacements.set(guess, joined);
    return [joined];
  });
}

function hasVersion({ packageUrl }: ComponentDraft): boolean {
  return packageUrl.split('?', 1)[0]?.includes('@', packageUrl.lastIndexOf('/')) ?? false;
}

function withVersionOf(component: ComponentDraft, { version, packageUrl, evidence, cpes }: ComponentDraft): ComponentDraft {
  return { ...component, version, packageUrl, ...(evidence === undefined ? {} : { evidence }), ...(cpes === undefined ? {} : { cpes }) };
}

/** Documents about what a wheel carries (PEP 770). */
const wheelDocument = /\.dist-info\/sboms\/[^/]+$/;

/** Type and namespace of a package URL: of which distribution a package of a system is. */
function namespaceOf(packageUrl: string): string {
  const identity = identityOf(packageUrl);
  return identity.slice(0, identity.lastIndexOf('/'));
}

/**
 * A package URL without qualifiers: two of them that are equal name the same package, whoever wrote them. Documents have
 * Python names as their authors write them.
 */
function identityOf(packageUrl: string): string {
  const [identity = packageUrl] = packageUrl.split('?', 1);
  const [, name, version = ''] = /^pkg:pypi\/([^@]+)(.*)$/.exec(identity) ?? [];
  return name === undefined ? identity : `pkg:pypi/${normalisedName(name)}${version}`;
}

function withoutVersion(packageUrl: string): string {
  const identity = identityOf(packageUrl);
  const at = identity.indexOf('@', identity.lastIndexOf('/'));
  return at < 0 ? identity : identity.slice(0, at);
}
