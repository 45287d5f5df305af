import { nullElement, nullPaddedKey } from './null-padded-key.js';
import type { PaddedElement } from './null-padded-key.js';
import { isPlausibleVersion, numberKey, textKey, versionKey } from './sortable-key.js';
import type { VersionScheme } from './version-scheme.js';

/** Gem::Version: letters make a prerelease, missing parts are zero, `-` means `.pre.`. */
export const rubygems: VersionScheme = {
  name: 'rubygems',
  parse(text) {
    const trimmed = text.trim();
    if (!isPlausibleVersion(trimmed) || !/^\d+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z.-]*)?$|^\d[0-9A-Za-z.]*$/.test(trimmed)) return undefined;
    const elements: PaddedElement[] = [];
    for (const [part] of trimmed.replaceAll('-', '.pre.').matchAll(/\d+|[A-Za-z]+/g)) {
      if (part.charCodeAt(0) > 57) {
        // Zeros directly before the first letters are dropped, so that 1.0.a is 1.a.
        if (elements.every((element) => element.side !== 'below')) while (elements.at(-1)?.side === 'null') elements.pop();
        elements.push({ side: 'below', key: textKey(part) });
      } else {
        elements.push(/^0+$/.test(part) ? nullElement : { side: 'above', key: numberKey(part) });
      }
    }
    return versionKey(nullPaddedKey(elements));
  },
};
