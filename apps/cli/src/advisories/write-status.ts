import type { AdvisoryDatabase, SourceCheck, StoredSource } from '@esscm/vulnerabilities';
import { alignColumns } from '../align-columns.js';
import { currentAt, isOld } from './source-age.js';

const columns = ['SOURCE', 'RECORDS', 'RANGES', 'MALWARE', 'WITHDRAWN', 'REFUSED', 'CURRENT', 'NEWEST RECORD', 'LICENCE'] as const;

/** The sources of a database, their age and terms, for people, and what went wrong last. `now` is in milliseconds. */
export function writeStatus(database: AdvisoryDatabase, checks: ReadonlyMap<string, SourceCheck>, now: number): string {
  const sources = database.sources();
  const rows = sources.map((source) => [
    source.name, String(source.records + source.entries), String(source.ranges), String(source.malware), String(source.withdrawn), String(source.refused),
    age(source, checks.get(source.name), now), source.newestRecord.slice(0, 10) || 'not told', source.licence,
  ]);
  const failures = [...checks.values()].flatMap((check) => (check.failure === undefined ? [] : [`Not updated ${hoursAgo(check.checkedAt, now)}: ${check.failure}`]));
  return [...alignColumns(columns, rows), '', ...failures, ...(failures.length === 0 ? [] : ['']), database.file, ''].join('\n');
}

/** Since the source last answered, with something new or not. */
function age(source: StoredSource, check: SourceCheck | undefined, now: number): string {
  const current = currentAt(source, check);
  return `${hoursAgo(current, now)}${isOld(current, now) ? ' (old)' : ''}`;
}

function hoursAgo(moment: string, now: number): string {
  const hours = Math.floor((now - Date.parse(moment)) / 3_600_000);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}
