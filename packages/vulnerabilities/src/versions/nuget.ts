import { semanticKey } from './semver.js';
import type { VersionScheme } from './version-scheme.js';

/** NuGet: Semantic Versioning with a fourth number and prerelease labels that ignore case. */
export const nuget: VersionScheme = {
  name: 'nuget',
  parse: (text) => semanticKey(text, { prereleaseIgnoresCase: true, buildCounts: false }),
};
