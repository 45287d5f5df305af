import { versionSchemes } from './schemes.js';
import type { VersionScheme, VersionSchemeName } from './version-scheme.js';

const schemeOfType: Readonly<Record<string, VersionSchemeName>> = {
  deb: 'dpkg', rpm: 'rpm', apk: 'apk', alpm: 'pacman', npm: 'semver', cargo: 'semver', hex: 'semver', golang: 'go', pub: 'pub', pypi: 'pep440',
  maven: 'maven', gem: 'rubygems', nuget: 'nuget', composer: 'composer', cran: 'cran', hackage: 'hackage', bitnami: 'bitnami',
};

/** How versions of a package-URL type are ordered; undefined for a type whose order nobody has written down, such as `generic`. */
export function schemeOfPackageType(type: string): VersionScheme | undefined {
  const name = schemeOfType[type];
  return name === undefined ? undefined : versionSchemes[name];
}
