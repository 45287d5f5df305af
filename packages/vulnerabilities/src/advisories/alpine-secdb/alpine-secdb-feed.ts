import { readFile } from 'node:fs/promises';
import type { DownloadedFile } from '../downloads.js';
import { addressIn, fingerprint } from '../feed.js';
import type { Feed } from '../feed.js';
import { sourceTerms } from '../source-terms.js';
import { importSecdb } from './import-secdb.js';

const maximumBytes = 64 * 1024 * 1024;

/**
 * Alpine's own security database, one branch (`v3.19`, `edge`): main and community, with what Alpine rejected for all branches.
 * Old branches have no community; the list of rejections may be absent from a mirror.
 */
export function alpineSecdbFeed(branch: string, base: string, rejectionsBase: string): Feed {
  const main = addressIn(base, `${branch}/main.json`);
  return {
    source: `alpine-secdb:${branch}`,
    terms: sourceTerms('alpine-secdb'),
    location: main,
    async fetch(downloads, held) {
      const repositories = [await downloads.file(main, maximumBytes), await downloads.optionalFile(addressIn(base, `${branch}/community.json`), maximumBytes)].filter((file) => file !== undefined);
      const rejections: DownloadedFile[] = [];
      for (const name of ['main.yaml', 'community.yaml']) {
        const file = await downloads.optionalFile(addressIn(rejectionsBase, name), maximumBytes);
        if (file !== undefined) rejections.push(file);
      }
      const etag = await fingerprint([...repositories, ...rejections]);
      if (etag === held?.etag) return undefined;
      const read = (files: readonly DownloadedFile[]): Promise<string[]> => Promise.all(files.map((file) => readFile(file.path, 'utf8')));
      return {
        etag,
        async write(writer, report) {
          importSecdb(branch, await read(repositories), await read(rejections), writer, report);
          return 0;
        },
      };
    },
  };
}
