import type { StoredSource } from '../../database/advisory-database.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
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
 * records that `modified_id.csv` names as changed since. Where one of them is not there, the bundle says whether it went.
 * `base` holds a folder for each ecosystem.
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
      let absent: string | undefined;
      if (held?.cursor !== undefined && changes !== undefined && isRecent(held, now)) {
        if (changes.ids.length === 0) return undefined;
        if (changes.ids.length <= Math.max(alwaysOneByOne, held.records * largestShare)) {
          const records = await fetchChanges(downloads, folder, changes.ids);
          absent = changes.ids.find((id) => !records.has(id));
          if (absent === undefined) return partial(held, changes.newest, records, ecosystem);
        }
      }
      const file = await downloads.file(bundle, maximumBundleBytes, held);
      if (file === undefined && absent !== undefined) throw new VulnerabilitiesError('download-failed', `${absent} is listed as changed and is not there, and the bundle did not change.`, 'Update again; the records in use stay.');
      if (file === undefined) return undefined;
      return {
        etag: file.etag,
        lastModified: file.lastModified,
        cursor: changes?.newest,
        write(writer, report) {
          importOsvZip(file.path, writer, { ...report, ecosystem, archive: bundle });
          return 0;
        },
        done: () => downloads.discard(file),
      };
    },
  };
}

function partial(held: StoredSource, cursor: string | undefined, records: ReadonlyMap<string, string>, ecosystem: string): FetchedFeed {
  return {
    etag: held.etag,
    lastModified: held.lastModified,
    cursor,
    isPartial: true,
    write(writer, report) {
      for (const [id, text] of records) importOsvText(`${id}.json`, text, writer, { ...report, ecosystem });
      return 0;
    },
  };
}

function isRecent(held: StoredSource, now: number): boolean {
  const age = now - Date.parse(held.completeAt);
  if (Number.isNaN(age)) throw new VulnerabilitiesError('database-damaged', `The database does not say when ${held.name} was imported.`, 'Import it again.');
  return age < daysBetweenBundles * 86_400_000;
}
