import { semanticKey } from './semver.js';
import type { VersionScheme } from './version-scheme.js';

/** Dart's pub: Semantic Versioning in which build metadata takes part in the order. */
export const pub: VersionScheme = {
  name: 'pub',
  parse: (text) => semanticKey(text, { prereleaseIgnoresCase: false, buildCounts: true }),
};
