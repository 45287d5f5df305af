import { readFile } from 'node:fs/promises';
import type { Feed } from '../feed.js';
import { fileFeed } from '../file-feed.js';
import { readGzip } from '../read-gzip.js';
import { sourceTerms } from '../source-terms.js';
import { importKev } from './import-kev.js';

/** The catalogue has a twentieth of it. */
const maximumBytes = 32 * 1024 * 1024;

/** CISA's catalogue of exploited vulnerabilities. */
export function kevFeed(address: string): Feed {
  return fileFeed({
    source: 'kev',
    terms: sourceTerms('kev'),
    address,
    maximumBytes,
    read: async (file, writer) => importKev(readGzip(await readFile(file), maximumBytes).toString('utf8'), writer),
  });
}
