import type { StoredSource } from '../../database/advisory-database.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import type { Downloads } from '../downloads.js';
import { addressIn } from '../feed.js';
import type { Feed, FetchedFeed } from '../feed.js';
import { sourceTerms } from '../source-terms.js';
import { fetchChanges } from './fetch-changes.js';
import { importOsvText, importOsvZip } from './import-osv.js';
import { readChangeList } from './read-change-list.js';

const maximumBundleBytes = 4 * 1024 * 1024 * 1024;
const maximumListBytes = 256 * 1024 * 1024;
/** The bundle is fetched as a whole at least so often, which also finds records that vanished. */
const daysBetweenBundles = 7;
/** Beyond this share of the records the bundle is fetched as a whole; a few are always fetched one by one. */
const largestShare = 0.02;
const alwaysOneByOne = 50;

/**
 * One ecosystem of OSV.dev (https://google.github.io/osv.dev/data): the bundle at first and from time to time, else the
 * records that `modified_id.csv` names as changed since. `base` holds a folder for each ecosystem.
 */
export function osvFeed(ecosystem: string, base: string, now: number): Feed {
  const folder = addressIn(base, `${encodeURIComponent(ecosystem)}/`);
  const bundle = addressIn(folder, 'all.zip');
  return {
    source: `osv:${ecosystem}`,
    terms: sourceTerms(ecosystem),
    location: bundle,
    async fetch(downloads, held) {
      const list = await downloads.optionalFile(addressIn(folder, 'modified_id.csv'), maximumListBytes);
      const changes = list && (await readChangeList(list.path, held?.cursor));
      if (held?.cursor !== undefined && changes !== undefined && isRecent(held, now)) {
        if (changes.ids.length === 0) return undefined;
        if (changes.ids.length <= Math.max(alwaysOneByOne, held.records * largestShare)) return partial(downloads, folder, held, changes, ecosystem);
      }
      const file = await downloads.file(bundle, maximumBundleBytes, held);
      if (file === undefined) return undefined;
      return {
        etag: file.etag,
        lastModified: file.lastModified,
        cursor: changes?.newest,
        write(writer, report) {
          importOsvZip(file.path, writer, { ...report, ecosystem });
          return 0;
        },
        done: () => downloads.discard(file),
      };
    },
  };
}

async function partial(downloads: Downloads, folder: string, held: StoredSource, changes: { readonly ids: readonly string[]; readonly newest: string | undefined }, ecosystem: string): Promise<FetchedFeed> {
  const records = await fetchChanges(downloads, folder, changes.ids);
  return {
    etag: held.etag,
    lastModified: held.lastModified,
    cursor: changes.newest,
    isPartial: true,
    write(writer, report) {
      for (const [id, text] of records) {
        if (text === undefined) writer.remove(id);
        else importOsvText(`${id}.json`, text, writer, { ...report, ecosystem });
      }
      return 0;
    },
  };
}

function isRecent(held: StoredSource, now: number): boolean {
  const age = now - Date.parse(held.completeAt);
  if (Number.isNaN(age)) throw new VulnerabilitiesError('database-damaged', `The database does not say when ${held.name} was imported.`, 'Import it again.');
  return age < daysBetweenBundles * 86_400_000;
}
