import { versionSchemes } from '../versions/schemes.js';
import type { VersionScheme } from '../versions/version-scheme.js';

/** What the matcher has to know about one OSV ecosystem. */
export interface EcosystemRules {
  /** As OSV writes it, without the release after the colon. */
  readonly name: string;
  /** Undefined when its versions have no known order: then only listed versions match. */
  readonly scheme: VersionScheme | undefined;
  readonly kind: 'distribution' | 'language';
  /** Both the names in advisories and the names of components go through this. */
  normaliseName(name: string): string;
}

const exact = (name: string): string => name;
const lowerCase = (name: string): string => name.toLowerCase();
/** PEP 503. */
const pythonName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');
/** A repository URL without scheme and `.git`. */
const swiftName = (name: string): string => name.replace(/^https?:\/\//, '').replace(/\.git$/, '').toLowerCase();

const { apk, bitnami, composer, cran, dpkg, go, hackage, hex, maven, nuget, pep440, pub, rpm, rubygems, semver } = versionSchemes;

function distribution(name: string, scheme: VersionScheme): EcosystemRules {
  return { name, scheme, kind: 'distribution', normaliseName: exact };
}

function language(name: string, scheme: VersionScheme | undefined, normaliseName = exact): EcosystemRules {
  return { name, scheme, kind: 'language', normaliseName };
}

/** Ecosystems of the OSV schema whose records can be matched; the others are kept and never matched by range. */
const rules: ReadonlyMap<string, EcosystemRules> = new Map(
  [
    ...['Debian', 'Ubuntu', 'Echo'].map((name) => distribution(name, dpkg)),
    ...['Alpine', 'Wolfi', 'Chainguard', 'MinimOS', 'Alpaquita', 'BellSoft Hardened Containers'].map((name) => distribution(name, apk)),
    ...['AlmaLinux', 'Rocky Linux', 'Red Hat', 'SUSE', 'openSUSE', 'openEuler', 'Mageia', 'Photon OS', 'Azure Linux', 'Amazon Linux', 'Oracle Linux'].map((name) => distribution(name, rpm)),
    ...['npm', 'crates.io', 'GitHub Actions', 'Julia', 'VSCode', 'Kubernetes', 'ConanCenter'].map((name) => language(name, semver)),
    language('SwiftURL', semver, swiftName),
    language('Go', go),
    language('Hex', hex),
    language('PyPI', pep440, pythonName),
    language('Maven', maven),
    language('RubyGems', rubygems),
    language('NuGet', nuget, lowerCase),
    language('Packagist', composer, lowerCase),
    language('Pub', pub),
    language('CRAN', cran),
    language('Bioconductor', cran),
    language('Hackage', hackage),
    language('GHC', hackage),
    language('opam', dpkg),
    language('Bitnami', bitnami),
  ].map((entry) => [entry.name, entry]),
);

/** The rules of `Debian:12`, `PyPI`, `Packagist:https://…`; names nobody knows order nothing and match exact versions only. */
export function ecosystemRules(ecosystem: string): EcosystemRules {
  let found = known.get(ecosystem);
  if (found === undefined) {
    const base = baseEcosystem(ecosystem);
    found = rules.get(base) ?? language(base, undefined);
    // Names come from outside; there are some hundreds of them with their releases.
    if (known.size >= 10_000) known.clear();
    known.set(ecosystem, found);
  }
  return found;
}

const known = new Map<string, EcosystemRules>();

/** `Debian` of `Debian:12`. */
export function baseEcosystem(ecosystem: string): string {
  const colon = ecosystem.indexOf(':');
  return colon === -1 ? ecosystem : ecosystem.slice(0, colon);
}
