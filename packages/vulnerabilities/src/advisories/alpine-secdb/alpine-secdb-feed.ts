import { readFile } from 'node:fs/promises';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import type { DownloadedFile, Downloads } from '../downloads.js';
import { addressIn, fingerprint } from '../feed.js';
import type { Feed } from '../feed.js';
import { fetchSeveral } from '../fetch-several.js';
import { sourceTerms } from '../source-terms.js';
import { importSecdb } from './import-secdb.js';
import type { SecdbBranch } from './import-secdb.js';

const maximumBytes = 64 * 1024 * 1024;
const atATime = 4;

/**
 * Alpine's own security database: of one branch (`v3.19`, `edge`), or of all its index names. Main and community, with what
 * Alpine rejected for all branches. Old branches have no community; the lists of rejections may be absent from a mirror.
 */
export function alpineSecdbFeed(branch: string | undefined, base: string, rejectionsBase: string): Feed {
  return {
    source: branch === undefined ? 'alpine-secdb' : `alpine-secdb:${branch}`,
    terms: sourceTerms('alpine-secdb'),
    location: branch === undefined ? base : addressIn(base, `${branch}/`),
    async fetch(downloads, held) {
      const branches = branch === undefined ? await branchesOf(base, downloads) : [branch];
      const repositories = new Map<string, DownloadedFile[]>();
      await fetchSeveral(branches, atATime, async (name) => {
        const main = await downloads.file(addressIn(base, `${name}/main.json`), maximumBytes);
        const community = await downloads.optionalFile(addressIn(base, `${name}/community.json`), maximumBytes);
        repositories.set(name, [main, community].filter((file) => file !== undefined));
      });
      const rejections: DownloadedFile[] = [];
      for (const name of ['main.yaml', 'community.yaml']) {
        const file = await downloads.optionalFile(addressIn(rejectionsBase, name), maximumBytes);
        if (file !== undefined) rejections.push(file);
      }
      const etag = await fingerprint([...branches.flatMap((name) => repositories.get(name) ?? []), ...rejections]);
      if (etag === held?.etag) return undefined;
      return {
        etag,
        async write(writer, report) {
          const read: SecdbBranch[] = [];
          for (const name of branches) read.push({ branch: name, repositories: await textsOf(repositories.get(name) ?? []) });
          importSecdb(read, await textsOf(rejections), writer, report);
          return 0;
        },
      };
    },
  };
}

/** The index is a page with a link for each branch. */
async function branchesOf(base: string, downloads: Downloads): Promise<string[]> {
  const page = await downloads.text(base.endsWith('/') ? base : `${base}/`, maximumBytes);
  const branches = [...page.matchAll(/href="(edge|v\d{1,2}\.\d{1,3})\/"/g)].flatMap(([, name]) => name ?? []);
  if (branches.length === 0) throw new VulnerabilitiesError('feed-malformed', `${base} names no branch of Alpine.`, 'Check the address of the feed; for a folder, name the branch (Alpine:v3.19).');
  return [...new Set(branches)];
}

function textsOf(files: readonly DownloadedFile[]): Promise<string[]> {
  return Promise.all(files.map((file) => readFile(file.path, 'utf8')));
}
