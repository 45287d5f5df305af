import type { AdvisoryDatabase, StoredSource } from '@esscm/vulnerabilities';

const columns = ['SOURCE', 'RECORDS', 'RANGES', 'MALWARE', 'WITHDRAWN', 'REFUSED', 'IMPORTED', 'NEWEST RECORD', 'LICENCE'] as const;

/** Beyond this age, in hours, a source is marked as old. */
const oldAfterHours = 48;

/** The sources of a database, their age and terms, for people. `now` is in milliseconds. */
export function writeStatus(database: AdvisoryDatabase, now: number): string {
  const sources = database.sources();
  const rows = sources.map((source) => [source.name, String(source.records), String(source.ranges), String(source.malware), String(source.withdrawn), String(source.refused), age(source, now), source.newestRecord.slice(0, 10), source.licence]);
  const widths = columns.map((title, column) => rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), title.length));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
  return [line(columns), ...rows.map(line), '', database.file, ''].join('\n');
}

function age(source: StoredSource, now: number): string {
  const hours = Math.floor((now - Date.parse(source.importedAt)) / 3_600_000);
  const text = hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
  return hours > oldAfterHours ? `${text} (old)` : text;
}
