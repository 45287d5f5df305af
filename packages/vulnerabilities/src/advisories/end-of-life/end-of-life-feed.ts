import { readFile } from 'node:fs/promises';
import type { Feed } from '../feed.js';
import { fileFeed } from '../file-feed.js';
import { sourceTerms } from '../source-terms.js';
import { importEndOfLife } from './import-end-of-life.js';

/** Until when releases of distributions, runtimes and frameworks are supported, as endoflife.date gathers it. */
export function endOfLifeFeed(address: string): Feed {
  return fileFeed({
    source: 'end-of-life',
    terms: sourceTerms('end-of-life'),
    address,
    maximumBytes: 64 * 1024 * 1024,
    read: async (file, writer, report) =>
      importEndOfLife(await readFile(file, 'utf8'), writer, (name, reason) => {
        writer.refuse();
        report.onRefused?.({ name, reason });
      }),
  });
}
