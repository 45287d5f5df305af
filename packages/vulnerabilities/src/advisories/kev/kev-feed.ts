import { readFile } from 'node:fs/promises';
import type { Feed } from '../feed.js';
import { readGzip } from '../read-gzip.js';
import { sourceTerms } from '../source-terms.js';
import { importKev } from './import-kev.js';

/** The catalogue has a twentieth of it. */
const maximumBytes = 32 * 1024 * 1024;

/** CISA's catalogue of exploited vulnerabilities: one JSON file. */
export function kevFeed(address: string): Feed {
  return {
    source: 'kev',
    terms: sourceTerms('kev'),
    location: address,
    async fetch(downloads, held) {
      const file = await downloads.file(address, maximumBytes, held);
      return file && { ...file, write: async (writer) => importKev(readGzip(await readFile(file.path), maximumBytes).toString('utf8'), writer) };
    },
  };
}
