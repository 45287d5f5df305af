import { semanticKey } from './semver.js';
import type { VersionScheme } from './version-scheme.js';

/** Bitnami: Semantic Versioning; the packaging revision at the end (`1.2.3-4`, `1.2.3-r4`) says nothing about the code. */
export const bitnami: VersionScheme = {
  name: 'bitnami',
  parse: (text) => semanticKey(text.replace(/-r?\d+$/, ''), { prereleaseIgnoresCase: false, buildCounts: false }),
};
