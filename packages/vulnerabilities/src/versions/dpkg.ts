import { isPlausibleVersion, numberKey, versionKey } from './sortable-key.js';
import type { VersionScheme } from './version-scheme.js';

/** `[epoch:]upstream[-revision]` as deb-version(7) orders it. */
export const dpkg: VersionScheme = {
  name: 'dpkg',
  parse(text) {
    if (!isPlausibleVersion(text)) return undefined;
    const trimmed = text.trim();
    const colon = trimmed.indexOf(':');
    const epoch = colon === -1 ? '' : trimmed.slice(0, colon);
    if (!/^\d*$/.test(epoch)) return undefined;
    const rest = trimmed.slice(colon + 1);
    if (rest === '' || /\s/.test(rest)) return undefined;
    const dash = rest.lastIndexOf('-');
    const upstream = dash === -1 ? rest : rest.slice(0, dash);
    const revision = dash === -1 ? '' : rest.slice(dash + 1);
    return versionKey(numberKey(epoch) + alternatingKey(upstream) + alternatingKey(revision));
  },
};

/** Ends a run of non-digits: after `~`, before every other character. */
const end = '\u0002';

function alternatingKey(part: string): string {
  let key = '';
  let index = 0;
  while (index < part.length || key === '') {
    while (index < part.length && !isDigit(part.charCodeAt(index))) {
      key += characterKey(part.charCodeAt(index));
      index += 1;
    }
    const start = index;
    while (index < part.length && isDigit(part.charCodeAt(index))) index += 1;
    key += end + numberKey(part.slice(start, index));
  }
  return key + end;
}

function characterKey(code: number): string {
  if (code === 126) return '\u0001';
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return String.fromCharCode(isLetter ? code : Math.min(code + 0x100, 0xffff));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
