import { readFile } from 'node:fs/promises';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import type { Downloads } from '../downloads.js';
import { addressIn } from '../feed.js';
import { fetchSeveral } from '../fetch-several.js';
import { osvLimits } from './schema.js';

const atATime = 8;
/** Of all records together; they are held in memory until they are written. */
const maximumBytes = 128 * 1024 * 1024;

/** Single records by id, as JSON text; undefined for those that are there no more. */
export async function fetchChanges(downloads: Downloads, folder: string, ids: readonly string[]): Promise<Map<string, string | undefined>> {
  const records = new Map<string, string | undefined>();
  let bytes = 0;
  await fetchSeveral(ids, atATime, async (id) => {
    const file = await downloads.optionalFile(addressIn(folder, `${encodeURIComponent(id)}.json`), osvLimits.recordBytes);
    const text = file && (await readFile(file.path, 'utf8'));
    bytes += text?.length ?? 0;
    if (bytes > maximumBytes) throw new VulnerabilitiesError('bundle-too-large', `The changed records have more than ${maximumBytes} bytes together.`, 'Check the address of the feed.');
    records.set(id, text);
    if (file !== undefined) await downloads.discard(file);
  });
  return records;
}
