import { readFile } from 'node:fs/promises';
import { addressIn } from '../feed.js';
import type { Feed } from '../feed.js';
import { sourceTerms } from '../source-terms.js';
import { importPhoton } from './import-photon.js';

const maximumBytes = 128 * 1024 * 1024;

/** What Photon OS publishes of one release (`5.0`): one JSON file. */
export function photonFeed(release: string, base: string): Feed {
  const address = addressIn(base, `cve_data_photon${release}.json`);
  return {
    source: `photon:${release}`,
    terms: sourceTerms('photon'),
    location: address,
    async fetch(downloads, held) {
      const file = await downloads.file(address, maximumBytes, held);
      if (file === undefined) return undefined;
      return {
        ...file,
        async write(writer, report) {
          importPhoton(release, await readFile(file.path, 'utf8'), writer, report);
          return 0;
        },
      };
    },
  };
}
