import { numberListKey } from './number-list.js';
import type { VersionScheme } from './version-scheme.js';

/** Haskell's package versioning policy: numbers between `.`. */
export const hackage: VersionScheme = { name: 'hackage', parse: (text) => numberListKey(text, /^\d+(?:\.\d+)*$/) };
