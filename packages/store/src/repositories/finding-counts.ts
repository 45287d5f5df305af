import { sql, type SQL } from 'drizzle-orm';
import { severities, type FindingAgeRecord, type FindingFilter, type SeverityCounts } from '../finding-records.js';
import { isId } from '../ids.js';
import { findings, matchings } from '../schema/finding-tables.js';
import { trackedImages } from '../schema/image-tables.js';
import type { StoreContext } from '../store-context.js';
import { textArray } from './array-parameters.js';
import { choosesOnlyImages, imageConditions } from './finding-conditions.js';
import { readSelection, selectFindings } from './finding-selection.js';
import { groupByHashing, planForWholeTables } from './plan-for-whole-tables.js';

/** Days since a finding was first seen at which another age begins. */
const ageBounds = [0, 7, 30, 90, 365] as const;
const dayMs = 86_400_000;

type Reading = Pick<StoreContext, 'database' | 'readLimitMs'>;

/** Findings by severity, and how many of them are exploited or have a fix. */
interface SeverityTotals {
  readonly counts: SeverityCounts;
  readonly exploitedCount: number;
  readonly fixableCount: number;
}

/** Implements `FindingRepository.countBySeverity`. */
export async function countBySeverity(context: Reading, organizationId: string, filter: FindingFilter): Promise<SeverityTotals> {
  if (choosesOnlyImages(filter)) return totalsOfImages(context, organizationId, filter);
  const rows = await countFindings(context, organizationId, filter, { severity: sql`f.severity` }, { exploited: sql`count(f.exploited_since)`, fixable: sql`count(f.fix_version)` });
  const total = (column: string) => rows.reduce((sum, row) => sum + Number(row[column]), 0);
  return { counts: severityCounts(rows), exploitedCount: total('exploited'), fixableCount: total('fixable') };
}

/** Implements `FindingRepository.fixableOf`: reads the findings of these contents only, which lie together. */
export async function countFixable({ database }: Reading, organizationId: string, contentIds: readonly string[]): Promise<ReadonlyMap<string, SeverityCounts>> {
  const { rows } = await database.execute(sql`
    select f.content_id, f.severity, count(*)::int as count from ${findings} as f
    where f.content_id = any(${textArray(contentIds.filter(isId))}) and f.organization_id = ${organizationId} and not f.hidden and f.fix_version is not null
    group by 1, 2`);
  const byContent = Map.groupBy(rows, (row) => String(row['content_id']));
  return new Map([...byContent].map(([contentId, counted]) => [contentId, severityCounts(counted)]));
}

/** Implements `FindingRepository.countByAge`: the youngest first. */
export async function countByAge(context: Reading, organizationId: string, filter: FindingFilter, now: Date): Promise<readonly FindingAgeRecord[]> {
  const ends = ageBounds.slice(1).map((days) => new Date(now.getTime() - days * dayMs).toISOString());
  // How many of the ends were passed.
  const age = sql.join(ends.map((end) => sql`(f.first_seen_at < ${end}::timestamptz)::int`), sql` + `);
  const rows = await countFindings(context, organizationId, filter, { severity: sql`f.severity`, age });
  return ageBounds.map((fromDays, passed) => {
    const toDays = ageBounds[passed + 1];
    return { fromDays, ...(toDays !== undefined && { toDays }), counts: severityCounts(rows.filter((row) => row['age'] === passed)) };
  });
}

/** What matching counted of each content, added up over the images: as many rows as there are images, not findings. */
async function totalsOfImages(context: Reading, organizationId: string, filter: FindingFilter): Promise<SeverityTotals> {
  const sums = [...severities, 'exploited_count', 'fixable_count'].map((column) => sql`coalesce(sum(m.${sql.identifier(column)}), 0)::int as ${sql.identifier(column)}`);
  const { rows } = await context.database.execute(sql`
    select ${sql.join(sums, sql`, `)} from ${trackedImages} as i join ${matchings} as m on m.content_id = i.content_id and m.organization_id = i.organization_id
    where ${imageConditions(organizationId, filter)}`);
  const sum = (column: string) => Number(rows[0]?.[column] ?? 0);
  const counts = Object.fromEntries(severities.map((severity) => [severity, sum(severity)]));
  return { counts: counts as SeverityCounts, exploitedCount: sum('exploited_count'), fixableCount: sum('fixable_count') };
}

/** Findings that fit the filter, counted by `groups`, the severity first. */
async function countFindings(context: Reading, organizationId: string, filter: FindingFilter, groups: Columns, sums: Columns = {}): Promise<readonly Record<string, unknown>[]> {
  const grouped = sql.join(Object.keys(groups).map((_, index) => sql.raw(String(index + 1))), sql`, `);
  return planForWholeTables(context, async (transaction) => {
    await groupByHashing(transaction);
    const selection = await selectFindings(transaction, organizationId, filter);
    const counted = sql`select ${columns({ ...groups, count: sql`count(*)`, ...sums })} from ${selection.from} where ${selection.where} group by ${grouped}`;
    return (await readSelection(transaction, selection, () => transaction.execute(counted))).rows;
  });
}

/** Expressions by the name of their column, in order. */
type Columns = Readonly<Record<string, SQL>>;

function columns(named: Columns): SQL {
  return sql.join(Object.entries(named).map(([name, expression]) => sql`${expression} as ${sql.identifier(name)}`), sql`, `);
}

function severityCounts(rows: readonly Record<string, unknown>[]): SeverityCounts {
  return Object.fromEntries(severities.map((severity, rank) => [severity, Number(rows.find((row) => row['severity'] === rank)?.['count'] ?? 0)])) as SeverityCounts;
}
