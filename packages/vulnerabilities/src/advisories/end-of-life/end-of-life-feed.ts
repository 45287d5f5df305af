import { readFile } from 'node:fs/promises';
import type { Feed } from '../feed.js';
import { sourceTerms } from '../source-terms.js';
import { importEndOfLife } from './import-end-of-life.js';

const maximumBytes = 64 * 1024 * 1024;

/** Until when releases of distributions, runtimes and frameworks are supported: one JSON file of endoflife.date. */
export function endOfLifeFeed(address: string): Feed {
  return {
    source: 'end-of-life',
    terms: sourceTerms('end-of-life'),
    location: address,
    async fetch(downloads, held) {
      const file = await downloads.file(address, maximumBytes, held);
      if (file === undefined) return undefined;
      return {
        ...file,
        write: async (writer, report) =>
          importEndOfLife(await readFile(file.path, 'utf8'), writer, (name, reason) => {
            writer.refuse();
            report.onRefused?.({ name, reason });
          }),
      };
    },
  };
}
