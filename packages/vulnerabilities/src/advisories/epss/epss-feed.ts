import { readFile } from 'node:fs/promises';
import type { Feed } from '../feed.js';
import { fileFeed } from '../file-feed.js';
import { readGzip } from '../read-gzip.js';
import { sourceTerms } from '../source-terms.js';
import { importEpss } from './import-epss.js';

const maximumBytes = 256 * 1024 * 1024;

/** The EPSS scores of the day: a CSV, gzipped. */
export function epssFeed(address: string): Feed {
  return fileFeed({
    source: 'epss',
    terms: sourceTerms('epss'),
    address,
    maximumBytes,
    read: async (file, writer) => importEpss(readGzip(await readFile(file), maximumBytes).toString('utf8'), writer),
  });
}
