import { isPlausibleVersion, numberKey, versionKey } from './sortable-key.js';
import type { VersionKey } from './version-scheme.js';

/** Numbers between single separators, where a longer list sorts after its beginning (1.0 < 1.0.0). */
export function numberListKey(text: string, form: RegExp): VersionKey | undefined {
  const trimmed = text.trim();
  if (!isPlausibleVersion(trimmed) || !form.test(trimmed)) return undefined;
  let key = '';
  for (const [digits] of trimmed.matchAll(/\d+/g)) key += `\u0001${numberKey(digits)}`;
  return versionKey(`${key}\u0000`);
}
