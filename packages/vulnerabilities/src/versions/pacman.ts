import { isPlausibleVersion, numberKey, textKey, versionKey } from './sortable-key.js';
import type { VersionScheme } from './version-scheme.js';

/**
 * `[epoch:]version[-release]` as vercmp(8) of pacman orders it. vercmp leaves the release out when one side has none,
 * which is no order; here a version without release sorts before its releases.
 */
export const pacman: VersionScheme = {
  name: 'pacman',
  parse(text) {
    if (!isPlausibleVersion(text)) return undefined;
    const [, epoch = '', version = '', release] = /^(?:(\d+):)?(.+?)(?:-([^-]+))?$/.exec(text.trim()) ?? [];
    if (version === '') return undefined;
    return versionKey(numberKey(epoch) + segmentsKey(version) + (release === undefined ? '' : `\u0001${segmentsKey(release)}`));
  },
};

const piece = /([^0-9A-Za-z]*)([0-9]+|[A-Za-z]+)/g;

/** Letters directly after a number make a version older (1.0rc < 1.0); after a separator they make it newer (1.0 < 1.0.a). */
function segmentsKey(part: string): string {
  let key = '';
  let end = 0;
  for (const found of part.matchAll(piece)) {
    const separator = found[1] ?? '';
    const segment = found[2] ?? '';
    const isNumber = segment.charCodeAt(0) <= 57;
    if (separator !== '') key += `\u0005${String.fromCharCode(separator.length)}${isNumber ? '\u0002' : '\u0001'}`;
    else key += isNumber ? '\u0003' : '\u0001';
    key += isNumber ? numberKey(segment) : textKey(segment);
    end = found.index + found[0].length;
  }
  return key + (end < part.length ? '\u0004' : '\u0002');
}
