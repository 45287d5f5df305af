import type { Licence } from '../../catalogue.js';
import { boundedText } from '../bounded-text.js';
import { bundleLicences, pomLicences } from './java-licences.js';
import { knownGroup } from './known-groups.js';
import type { Pom } from './parse-pom.js';
import type { PomProperties } from './parse-pom-properties.js';
import type { RepositoryCoordinates } from './repository-coordinates.js';

/** Software that an archive is or holds the classes of. */
export interface JavaPackage {
  /** Of Maven; absent when nothing in the archive says it. */
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  /** Whether it is what the archive itself is, and not something shaded into it. */
  readonly isMain: boolean;
  readonly licences: readonly Licence[];
  readonly description?: string;
  readonly homepage?: string;
  readonly supplier?: string;
  /** `group:artifact` of what it needs, where its pom.xml is in the archive. */
  readonly dependencies: readonly string[];
}

/** What was read of an archive in order to tell what it is. */
export interface ArchiveEvidence {
  /** File name without extension. */
  readonly stem: string;
  /** Of the repository on disk that the archive lies in, if it does. */
  readonly repository?: RepositoryCoordinates | undefined;
  readonly manifest: ReadonlyMap<string, string>;
  /** By folder below META-INF/maven. */
  readonly projects: ReadonlyMap<string, { readonly properties?: PomProperties; readonly pom?: Pom }>;
  readonly hasClassesIn: (folder: string) => boolean;
}

interface Coordinates {
  readonly group: string;
  readonly name: string;
  readonly version: string;
  readonly pom: Pom | undefined;
}

const mavenId = /^[A-Za-z0-9_][\w.-]{0,255}$/;
const versionPattern = /^[A-Za-z0-9_][\w.+~:-]{0,255}$/;

/** Tells what an archive is and what is shaded into it: the archive's own package first, if it is known. */
export function identifyArchive(evidence: ArchiveEvidence): readonly JavaPackage[] {
  const { stem, manifest, projects } = evidence;
  const found = new Map<string, Coordinates>();
  for (const project of projects.values()) {
    const coordinates = projectCoordinates(project);
    if (coordinates !== undefined) found.set(`${coordinates.group}:${coordinates.name}:${coordinates.version}`, coordinates);
  }
  const all = [...found.values()];
  const main = mainProject(all, stem);
  if (main !== undefined) {
    return [projectPackage(main, manifest), ...all.filter((coordinates) => coordinates !== main).map((coordinates) => projectPackage(coordinates))];
  }
  const own = repositoryPackage(evidence) ?? manifestPackage(evidence);
  const isOwnNamed = own !== undefined && all.every(({ name }) => name !== own.name);
  return [...(isOwnNamed ? [own] : []), ...all.map((coordinates) => projectPackage(coordinates))];
}

/** pom.properties is what Maven resolved; where it says nothing usable, a pom.xml counts with what it says itself. */
function projectCoordinates({ properties, pom }: { readonly properties?: PomProperties; readonly pom?: Pom }): Coordinates | undefined {
  for (const { groupId: group = '', artifactId: name = '', version = '' } of [properties ?? {}, pom ?? {}] as const) {
    if (mavenId.test(group) && mavenId.test(name) && versionPattern.test(version)) return { group, name, version, pom };
  }
  return undefined;
}

/** Of several projects, the one the file is named after, the longest name first; none when two are named alike. */
function mainProject(all: readonly Coordinates[], stem: string): Coordinates | undefined {
  // Distributions write dashes where Maven has underscores.
  const file = `${dashed(stem)}-`;
  const isNamed = (name: string): boolean => file.startsWith(`${dashed(name)}-`);
  const full = all.filter(({ group, name }) => isNamed(`${group}.${name}`) || isNamed(`${group}-${name}`));
  const named = full.length > 0 ? full : all.filter(({ name }) => isNamed(name));
  const longest = Math.max(...named.map(({ name }) => name.length));
  const best = named.filter(({ name }) => name.length === longest);
  return best.length === 1 ? best[0] : undefined;
}

function dashed(name: string): string {
  return name.replaceAll('_', '-');
}

function projectPackage({ group, name, version, pom }: Coordinates, manifest?: ReadonlyMap<string, string>): JavaPackage {
  const described = manifest === undefined ? undefined : manifestDescription(manifest);
  const ofPom = pomLicences(pom?.licences ?? []);
  const optional = {
    description: pom?.description ?? described?.description,
    homepage: pom?.homepage ?? described?.homepage,
    supplier: pom?.supplier ?? described?.supplier,
  };
  return {
    group,
    name,
    version,
    isMain: manifest !== undefined,
    licences: ofPom.length > 0 ? ofPom : (described?.licences ?? []),
    ...present(optional),
    dependencies: pom?.dependencies ?? [],
  };
}

/** A build tool's repository says what an archive is that does not say it itself. */
function repositoryPackage({ repository, manifest }: ArchiveEvidence): JavaPackage | undefined {
  if (repository === undefined || !mavenId.test(repository.group) || !mavenId.test(repository.name) || !versionPattern.test(repository.version)) return undefined;
  const { licences, ...described } = manifestDescription(manifest);
  return { ...repository, isMain: true, licences, ...present(described), dependencies: [] };
}

/**
 * What a manifest says of an archive without Maven's files, believed only where two witnesses agree: the file name and the
 * manifest on the version, or on the name. A group counts where the manifest spells it as part of the symbolic name, or the
 * library is a known one; titles, vendors and packages are no groups.
 */
function manifestPackage({ stem, manifest, hasClassesIn }: ArchiveEvidence): JavaPackage | undefined {
  // Instrumentation of other libraries, published under their names.
  if (manifest.has('weave-classes')) return undefined;
  const named = pluginName(manifest) ?? versionedName(stem, manifest) ?? titledName(stem, manifest) ?? knownName(stem, manifest, hasClassesIn);
  if (named === undefined || !mavenId.test(named.name) || !versionPattern.test(named.version)) return undefined;
  const { name, version } = named;
  const vendor = manifest.get('implementation-vendor-id');
  const isSpelt = vendor !== undefined && symbolicName(manifest) === `${vendor}.${name}`;
  const group = named.group ?? (isSpelt ? vendor : knownGroup(name, version, hasClassesIn));
  const { licences, ...described } = manifestDescription(manifest);
  return {
    ...(group === undefined || !mavenId.test(group) ? {} : { group }),
    name,
    version,
    isMain: true,
    licences,
    ...present(described),
    dependencies: [],
  };
}

interface Named {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
}

/** Plugins of Jenkins say their coordinates in attributes of their own. */
function pluginName(manifest: ReadonlyMap<string, string>): Named | undefined {
  const group = manifest.get('group-id');
  const name = manifest.get('artifact-id') ?? manifest.get('short-name');
  const version = manifest.get('plugin-version')?.split(' ', 1)[0];
  return group === undefined || name === undefined || version === undefined ? undefined : { group, name, version };
}

/** What archives that hold others are told apart by, behind the version; any other word there is a part of the version. */
const classifiers = new Set(['all', 'boot', 'bundle', 'exec', 'executable', 'fat', 'full', 'jar-with-dependencies', 'onejar', 'runner', 'shaded', 'standalone', 'uber', 'with-dependencies']);

/** The file name is a name and a version the manifest gives, too. */
function versionedName(stem: string, manifest: ReadonlyMap<string, string>): Named | undefined {
  const versions = new Set(
    // Kotlin says which build of the release it is.
    ['implementation-version', 'bundle-version', 'specification-version'].flatMap((attribute) => manifest.get(attribute)?.replace(/-release-\d.*$/, '') ?? []),
  );
  for (const { index } of stem.matchAll(/-(?=v?\d)/g)) {
    const version = stem.slice(index + 1);
    const classified = [...versions].find((written) => version.startsWith(`${written}-`) && classifiers.has(version.slice(written.length + 1)));
    if (classified !== undefined) return { name: stem.slice(0, index), version: classified };
    if (versions.has(version) || versions.has(`${version}.0`) || bundleVersions(version).some((written) => manifest.get('bundle-version') === written)) {
      return { name: stem.slice(0, index), version };
    }
  }
  return undefined;
}

/** The file has a bare name, which the manifest gives as well. */
function titledName(stem: string, manifest: ReadonlyMap<string, string>): Named | undefined {
  const version = manifest.get('implementation-version') ?? manifest.get('bundle-version');
  const title = manifest.get('implementation-title');
  if (version === undefined || !/^v?\d/.test(version)) return undefined;
  // Some builds write group and artefact there.
  const group = title?.endsWith(`:${stem}`) === true ? title.slice(0, -stem.length - 1) : '';
  if (mavenId.test(group)) return { group, name: stem, version };
  return title === stem || symbolicName(manifest) === stem ? { name: stem, version } : undefined;
}

/** The file has the bare name of a known library, whose classes are in it. */
function knownName(stem: string, manifest: ReadonlyMap<string, string>, hasClassesIn: (folder: string) => boolean): Named | undefined {
  const version = manifest.get('implementation-version');
  return version !== undefined && /^v?\d/.test(version) && knownGroup(stem, version, hasClassesIn) !== undefined ? { name: stem, version } : undefined;
}

/** OSGi versions have three numbers and a qualifier behind a full stop; Eclipse's sources have the word where a build puts one. */
function bundleVersions(version: string): readonly string[] {
  const dotted = version.replace('-', '.');
  return [dotted, `${dotted}.0`, `${dotted}.0.0`, `${dotted}.qualifier`];
}

function symbolicName(manifest: ReadonlyMap<string, string>): string | undefined {
  return manifest.get('bundle-symbolicname')?.split(';', 1)[0]?.trim();
}

function manifestDescription(manifest: ReadonlyMap<string, string>) {
  return {
    licences: bundleLicences(manifest.get('bundle-license') ?? ''),
    description: boundedText(manifest.get('bundle-description') ?? manifest.get('long-name')),
    homepage: boundedText(manifest.get('bundle-docurl') ?? manifest.get('implementation-url') ?? manifest.get('url')),
    supplier: boundedText(manifest.get('implementation-vendor') ?? manifest.get('bundle-vendor')),
  };
}

function present(texts: Readonly<Record<'description' | 'homepage' | 'supplier', string | undefined>>): Partial<Record<'description' | 'homepage' | 'supplier', string>> {
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
}
