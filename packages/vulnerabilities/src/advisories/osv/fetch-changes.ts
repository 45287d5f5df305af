import { readFile } from 'node:fs/promises';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import type { Downloads } from '../downloads.js';
import { addressIn } from '../feed.js';
import { fetchSeveral } from '../fetch-several.js';
import { osvLimits } from './schema.js';

const atATime = 8;
/** Of all records together; they are held in memory until they are written. */
const maximumBytes = 128 * 1024 * 1024;

/** Single records by id, as JSON text; those that are not there are left out. */
export async function fetchChanges(downloads: Downloads, folder: string, ids: readonly string[]): Promise<Map<string, string>> {
  const records = new Map<string, string>();
  let bytes = 0;
  await fetchSeveral(ids, atATime, async (id) => {
    const file = await downloads.listedFile(addressIn(folder, `${encodeURIComponent(id)}.json`), osvLimits.recordBytes);
    if (file === undefined) return;
    const text = await readFile(file.path, 'utf8');
    bytes += text.length;
    if (bytes > maximumBytes) throw new VulnerabilitiesError('bundle-too-large', `The changed records have more than ${maximumBytes} bytes together.`, 'Check the address of the feed.');
    records.set(id, text);
    await downloads.discard(file);
  });
  return records;
}
