import { ecosystemRules } from '../ecosystems/ecosystems.js';
import type { EcosystemRole, EcosystemToAsk } from './distribution-ecosystems.js';
import type { MatchComponent } from './match-input.js';
import { parsePackageUrl } from './package-url.js';

/** One question to the database on behalf of a component. */
export interface LookUp {
  readonly ecosystem: string;
  /** Normalised. */
  readonly name: string;
  /** The version to hold against ranges. */
  readonly version: string;
  readonly by: 'source package' | 'package';
  readonly role: EcosystemRole;
  /** Of the installed package, where its kind has one. */
  readonly architecture?: string;
  /** The module and stream of an rpm package (`nodejs:18`). */
  readonly module?: string;
  /** The stream of Enterprise Linux the image stays on (`eus:9.4`); absent for the main one. */
  readonly stream?: string | undefined;
}

const operatingSystemTypes: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm', 'alpm']);

const languageEcosystems: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'], ['pypi', 'PyPI'], ['maven', 'Maven'], ['golang', 'Go'], ['cargo', 'crates.io'], ['gem', 'RubyGems'], ['nuget', 'NuGet'], ['composer', 'Packagist'], ['hex', 'Hex'], ['pub', 'Pub'], ['swift', 'SwiftURL'], ['cran', 'CRAN'], ['hackage', 'Hackage'], ['opam', 'opam'], ['julia', 'Julia'], ['bitnami', 'Bitnami'], ['githubactions', 'GitHub Actions'], ['conan', 'ConanCenter'],
]);

/** True for packages that the advisories of the distribution judge. */
export function isOperatingSystemPackage(component: Pick<MatchComponent, 'ecosystem'>): boolean {
  return operatingSystemTypes.has(component.ecosystem);
}

/** The OSV ecosystem of a language package; undefined when there is none. */
export function languageEcosystem(component: Pick<MatchComponent, 'ecosystem'>): string | undefined {
  return languageEcosystems.get(component.ecosystem);
}

/** Symbols and sources for debuggers hold no code that runs. */
const debuggingPackage = /-debug(?:info|source)(?:-common)?$/;

/** Questions for a package of the operating system. `ecosystems` are expanded where there is a database to ask: no patterns. */
export function operatingSystemLookUps(component: MatchComponent, ecosystems: readonly EcosystemToAsk[]): LookUp[] {
  if (component.ecosystem === 'rpm' && debuggingPackage.test(component.name)) return [];
  const source = { name: component.source?.name ?? component.name, version: component.source?.version ?? component.version, by: 'source package' } as const;
  const binary = { name: component.name, version: component.version, by: 'package' } as const;
  const module = component.ecosystem === 'rpm' ? moduleOf(component) : undefined;
  const more = { ...(component.architecture === undefined ? {} : { architecture: component.architecture }), ...(module === undefined ? {} : { module }) };
  return ecosystems.flatMap(({ ecosystem, by, role, stream }) => {
    const names = by === 'source' ? [source] : by === 'binary' || source.name === binary.name ? [binary] : [source, binary];
    return names.map((name) => ({ ecosystem, role, ...(stream === undefined ? {} : { stream }), ...name, ...more }));
  });
}

/** The first two parts of `nodejs:18:8060020220523160029:ad008a3a`. */
function moduleOf(component: MatchComponent): string | undefined {
  const [name, stream] = parsePackageUrl(component.packageUrl)?.qualifiers.get('rpmmod')?.split(':') ?? [];
  return name === undefined || stream === undefined ? undefined : `${name}:${stream}`;
}

/** Questions for a language package. */
export function languageLookUps(component: MatchComponent): LookUp[] {
  const ecosystem = languageEcosystem(component);
  if (ecosystem === undefined) return [];
  const rules = ecosystemRules(ecosystem);
  const name = rules.normaliseName(languageName(component));
  const version = comparableVersion(ecosystem, component.version);
  const lookUp: LookUp = { ecosystem, name, version, by: 'package', role: 'own' };
  if (ecosystem === 'Packagist' && name.startsWith('drupal/')) return [lookUp, { ...lookUp, ecosystem: 'Packagist:https://packages.drupal.org/8' }];
  return [lookUp];
}

/** As advisories write it, from the package URL, which keeps group and name apart. */
function languageName(component: MatchComponent): string {
  const parts = parsePackageUrl(component.packageUrl);
  if (parts === undefined || parts.namespace === '') return component.name;
  return `${parts.namespace}${parts.type === 'maven' ? ':' : '/'}${parts.name}`;
}

/** What an installed version carries beyond the version advisories speak of. */
function comparableVersion(ecosystem: string, version: string): string {
  switch (ecosystem) {
    // The local part names a rebuild of the same code.
    case 'PyPI':
      return version.split('+', 1)[0] ?? version;
    // The platform of a binary gem.
    case 'RubyGems':
      return version.replace(/-(?:x86|x64|arm|aarch|java|mingw|mswin|universal)[\w.-]*$/, '');
    default:
      return version;
  }
}
