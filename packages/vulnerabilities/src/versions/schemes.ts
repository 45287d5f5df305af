import { apk } from './apk.js';
import { bitnami } from './bitnami.js';
import { composer } from './composer.js';
import { cran } from './cran.js';
import { dpkg } from './dpkg.js';
import { go } from './go.js';
import { hackage } from './hackage.js';
import { hex } from './hex.js';
import { maven } from './maven.js';
import { nuget } from './nuget.js';
import { pacman } from './pacman.js';
import { pep440 } from './pep440.js';
import { pub } from './pub.js';
import { rpm } from './rpm.js';
import { rubygems } from './rubygems.js';
import { semver } from './semver.js';
import type { VersionScheme, VersionSchemeName } from './version-scheme.js';

/** Every scheme by its name. */
export const versionSchemes: Readonly<Record<VersionSchemeName, VersionScheme>> = {
  dpkg, rpm, apk, pacman, semver, go, pub, pep440, maven, rubygems, nuget, composer, cran, hackage, hex, bitnami,
};
