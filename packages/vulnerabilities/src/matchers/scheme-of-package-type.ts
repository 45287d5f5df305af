import { ecosystemRules } from '../ecosystems/ecosystems.js';
import { versionSchemes } from '../versions/schemes.js';
import type { VersionScheme } from '../versions/version-scheme.js';
import { languageEcosystem } from './look-ups.js';

const systemSchemes: ReadonlyMap<string, VersionScheme> = new Map([['deb', versionSchemes.dpkg], ['rpm', versionSchemes.rpm], ['apk', versionSchemes.apk], ['alpm', versionSchemes.pacman]]);

/** How versions of a package-URL type are ordered; undefined for a type whose order nobody has written down, such as `generic`. */
export function schemeOfPackageType(type: string): VersionScheme | undefined {
  const ecosystem = languageEcosystem({ ecosystem: type });
  return systemSchemes.get(type) ?? (ecosystem === undefined ? undefined : ecosystemRules(ecosystem).scheme);
}
