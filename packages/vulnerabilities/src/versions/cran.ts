import { numberListKey } from './number-list.js';
import type { VersionScheme } from './version-scheme.js';

/** R's package versions: numbers between `.` or `-`, which mean the same. */
export const cran: VersionScheme = { name: 'cran', parse: (text) => numberListKey(text, /^\d+(?:[.-]\d+)*$/) };
