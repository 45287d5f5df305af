import { readFile } from 'node:fs/promises';
import type { Feed } from '../feed.js';
import { readGzip } from '../read-gzip.js';
import { sourceTerms } from '../source-terms.js';
import { importEpss } from './import-epss.js';

const maximumBytes = 256 * 1024 * 1024;

/** The EPSS scores of the day: one CSV, gzipped. */
export function epssFeed(address: string): Feed {
  return {
    source: 'epss',
    terms: sourceTerms('epss'),
    location: address,
    async fetch(downloads, held) {
      const file = await downloads.file(address, maximumBytes, held);
      return file && { ...file, write: async (writer) => importEpss(readGzip(await readFile(file.path), maximumBytes).toString('utf8'), writer) };
    },
  };
}
