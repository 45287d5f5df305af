import { readFile } from 'node:fs/promises';
import { addressIn } from '../feed.js';
import type { Feed } from '../feed.js';
import { fileFeed } from '../file-feed.js';
import { sourceTerms } from '../source-terms.js';
import { importPhoton } from './import-photon.js';

/** What Photon OS publishes of one release (`5.0`). */
export function photonFeed(release: string, base: string): Feed {
  return fileFeed({
    source: `photon:${release}`,
    terms: sourceTerms('photon'),
    address: addressIn(base, `cve_data_photon${release}.json`),
    maximumBytes: 128 * 1024 * 1024,
    read: async (file, writer, report) => {
      importPhoton(release, await readFile(file, 'utf8'), writer, report);
      return 0;
    },
  });
}
