import { VulnerabilitiesError } from '../../vulnerabilities-error.js';

/** One line of `changes.csv` or `deletions.csv`. */
export interface ListedDocument {
  /** `2023/cve-2023-6240.json`, below the address of the feed. */
  readonly path: string;
  /** RFC 3339. */
  readonly at: string;
}

/** Documents listed with a moment after `since` (milliseconds), newest first as they are. @throws VulnerabilitiesError `feed-malformed`. */
export function readDocumentList(csv: string, since: number): ListedDocument[] {
  const listed: ListedDocument[] = [];
  for (const line of csv.split(/\r?\n/)) {
    if (line === '') continue;
    const [, path = '', at = ''] = /^"?(\d{4}\/cve-\d{4}-\d{3,10}\.json)"?,"?(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))"?$/.exec(line) ?? [];
    if (path === '' || Number.isNaN(Date.parse(at))) throw new VulnerabilitiesError('feed-malformed', 'A list of changed documents has lines of another form than Red Hat publishes.', 'Fetch it again; the records in use stay.');
    if (Date.parse(at) > since) listed.push({ path, at });
  }
  return listed;
}

/** `CVE-2023-6240` of `2023/cve-2023-6240.json`. */
export function identifierOf(path: string): string {
  return (path.split('/')[1] ?? '').replace('.json', '').toUpperCase();
}
