import { parseBunLock, parsePackageLock, parsePnpmLock, parseYarnLock } from './javascript-lockfiles.js';
import type { LockfileParser } from './lockfile-entry.js';
import {
  parseCabalFreeze,
  parseCargoLock,
  parseComposerLock,
  parseConanLock,
  parseGemfileLock,
  parseGoMod,
  parseGradleLock,
  parseJuliaManifest,
  parseMixLock,
  parseNugetLock,
  parsePackageResolved,
  parsePipfileLock,
  parsePodfileLock,
  parsePubspecLock,
  parsePythonToml,
  parseRebarLock,
  parseRenvLock,
  parseRequirements,
  parseStackLock,
} from './other-lockfiles.js';

const byName: ReadonlyMap<string, LockfileParser> = new Map([
  ['package-lock.json', parsePackageLock],
  ['npm-shrinkwrap.json', parsePackageLock],
  ['yarn.lock', parseYarnLock],
  ['pnpm-lock.yaml', parsePnpmLock],
  ['bun.lock', parseBunLock],
  ['poetry.lock', parsePythonToml],
  ['uv.lock', parsePythonToml],
  ['pdm.lock', parsePythonToml],
  ['pylock.toml', parsePythonToml],
  ['Pipfile.lock', parsePipfileLock],
  ['go.mod', parseGoMod],
  ['gradle.lockfile', parseGradleLock],
  ['Gemfile.lock', parseGemfileLock],
  ['gems.locked', parseGemfileLock],
  ['Cargo.lock', parseCargoLock],
  ['composer.lock', parseComposerLock],
  ['packages.lock.json', parseNugetLock],
  ['conan.lock', parseConanLock],
  ['pubspec.lock', parsePubspecLock],
  ['mix.lock', parseMixLock],
  ['rebar.lock', parseRebarLock],
  ['cabal.project.freeze', parseCabalFreeze],
  ['stack.yaml.lock', parseStackLock],
  ['Package.resolved', parsePackageResolved],
  ['Podfile.lock', parsePodfileLock],
  ['Manifest.toml', parseJuliaManifest],
  ['renv.lock', parseRenvLock],
]);

/** Names that are always those of lock files; requirements may have any that begins so and ends in `.txt`. */
export const lockfileNames: readonly string[] = [...byName.keys()];

/** The reader of a lock file of this name, if it is one. */
export function lockfileParser(name: string): LockfileParser | undefined {
  return byName.get(name) ?? (/^requirements(?:[-_.][\w.-]+)?\.txt$/.test(name) ? parseRequirements : undefined);
}
