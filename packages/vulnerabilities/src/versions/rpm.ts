import { isPlausibleVersion, numberKey, textKey, versionKey } from './sortable-key.js';
import type { VersionScheme } from './version-scheme.js';

/**
 * `[epoch:]version[-release]` as rpm-version(7) orders it. A missing epoch is 0; a missing release sorts before any
 * release, so that a bound without one is reached by every build of that version.
 */
export const rpm: VersionScheme = {
  name: 'rpm',
  parse(text) {
    if (!isPlausibleVersion(text)) return undefined;
    const trimmed = text.trim();
    if (trimmed === '') return undefined;
    const colon = trimmed.indexOf(':');
    const epoch = colon === -1 ? '0' : trimmed.slice(0, colon).replace('(none)', '0');
    const rest = trimmed.slice(colon + 1);
    const dash = rest.lastIndexOf('-');
    const version = dash === -1 ? rest : rest.slice(0, dash);
    const release = dash === -1 ? '' : `\u0001${segmentsKey(rest.slice(dash + 1))}`;
    return versionKey(segmentsKey(epoch) + segmentsKey(version) + release);
  },
};

const segment = /~|\^|[0-9]+|[A-Za-z]+/g;

/** Tilde, end, caret, letters, digits: the order of what can stand at one place. Everything else only separates. */
function segmentsKey(part: string): string {
  let key = '';
  for (const [found] of part.matchAll(segment)) {
    if (found === '~') key += '\u0001';
    else if (found === '^') key += '\u0003';
    else if (found.charCodeAt(0) <= 57) key += `\u0005${numberKey(found)}`;
    else key += `\u0004${textKey(found)}`;
  }
  return `${key}\u0002`;
}
