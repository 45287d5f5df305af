import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';

/** What changed since a moment. */
export interface ChangeList {
  /** Newest first, once each. Empty when `since` is undefined. */
  readonly ids: readonly string[];
  /** The stamp of the newest change of all; undefined for an empty list. */
  readonly newest: string | undefined;
}

/**
 * Reads `modified_id.csv` of an ecosystem (`<RFC 3339>,<id>`, newest first) as far as the changes after `since`.
 * @throws VulnerabilitiesError `feed-malformed` for other lines.
 */
export async function readChangeList(file: string, since: string | undefined): Promise<ChangeList> {
  const stream = createReadStream(file);
  const ids = new Set<string>();
  let newest: string | undefined;
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue;
    const [, stamp = '', id = ''] = /^(\d{4}-\d\d-\d\dT[^,]{8,32}),([\w.:+~-]{1,200})$/.exec(line) ?? [];
    const moment = Date.parse(stamp);
    if (id === '' || Number.isNaN(moment)) {
      throw new VulnerabilitiesError('feed-malformed', 'The list of changed records has lines of another form than OSV documents.', 'Fetch it again; the records in use stay.');
    }
    newest ??= stamp;
    if (since === undefined || moment <= Date.parse(since)) break;
    ids.add(id);
  }
  stream.destroy();
  return { ids: [...ids], newest };
}
