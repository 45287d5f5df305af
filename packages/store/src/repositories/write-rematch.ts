import { sql, type SQL } from 'drizzle-orm';
import { severities, type AdvisoryRevision, type ComponentGroupChange, type ComponentPlace, type FindingInput, type StampedContent } from '../finding-records.js';
import { components } from '../schema/content-tables.js';
import { findingEvents, findings, matchings } from '../schema/finding-tables.js';
import { trackedImages } from '../schema/image-tables.js';
import { storableJson } from '../storable-text.js';
import type { Executor } from '../store-context.js';
import { booleanArray, numberArray, textArray } from './array-parameters.js';
import { findingPriority } from './finding-priority.js';
import { planForManyRows } from './plan-for-many-rows.js';
import { countColumns, rematchDifference, type RematchDifference, type StoredFinding } from './rematch-difference.js';
import { writeDetails } from './write-matching.js';

interface JudgedBy extends AdvisoryRevision {
  readonly at: Date;
}

/** What all components of a group have in common, and where they are. */
interface GroupDifference extends RematchDifference {
  readonly places: readonly ComponentPlace[];
  readonly organizationId: string;
  readonly packageName: string;
  readonly packageVersion: string;
}

/** Implements `RematchRepository.write`, in a transaction: one statement for each kind of row, whatever the number of contents. */
export async function writeRematch(transaction: Executor, batch: readonly StampedContent[], changes: readonly ComponentGroupChange[], judged: JudgedBy): Promise<number> {
  await planForManyRows(transaction);
  const contentIds = await lockUnchanged(transaction, batch);
  const numberOf = new Map(contentIds.map((contentId, index) => [contentId, index + 1]));
  const left = changes.map((change) => ({ ...change, places: change.places.filter(({ contentId }) => numberOf.has(contentId)) })).filter(({ places }) => places.length > 0);
  const groups = await differences(transaction, left);
  const write = new GroupWriter(transaction, contentIds, numberOf, groups, judged);
  for (const [organizationId, of] of Map.groupBy(groups, (group) => group.organizationId)) {
    await writeDetails(transaction, organizationId, of.flatMap(({ changed, added }) => [...changed, ...added]));
  }
  const events = await write.events();
  await write.removed();
  await write.changed();
  await write.added();
  await write.matchings();
  return events;
}

/** Keeps others from judging the contents until the end of the transaction; gives those that nobody judged since they were read. */
async function lockUnchanged(transaction: Executor, batch: readonly StampedContent[]): Promise<string[]> {
  const stamps = new Map(batch.map(({ contentId, stamp }) => [contentId, stamp]));
  const { rows } = await transaction.execute(sql`
    select content_id, xmin::text as stamp from ${matchings} where content_id = any(${textArray([...stamps.keys()])}) order by content_id for update`);
  return rows.flatMap((row) => (stamps.get(String(row['content_id'])) === row['stamp'] ? [String(row['content_id'])] : []));
}

/** What is to be written for each group, from what one of its components has. */
async function differences(transaction: Executor, changes: readonly ComponentGroupChange[]): Promise<GroupDifference[]> {
  if (changes.length === 0) return [];
  const examples = changes.map(({ places: [first] }) => first);
  const { rows } = await transaction.execute(sql`
    select c.organization_id, c.name, c.version, (
      select coalesce(jsonb_agg(jsonb_build_object('vulnerability', f.vulnerability, 'packageKey', f.package_key, 'severity', f.severity, 'hidden', f.hidden,
        'exploited', f.exploited_since is not null, 'fixVersion', f.fix_version, 'fixState', f.fix_state, 'fingerprint', f.fingerprint) order by f.vulnerability), '[]')
      from ${findings} as f where f.content_id = c.content_id and f.position = c.position) as found
    from unnest(${textArray(examples.map((place) => place?.contentId ?? ''))}, ${numberArray(examples.map((place) => place?.position ?? 0))}) with ordinality as place (content_id, position, number)
    join ${components} as c on c.content_id = place.content_id and c.position = place.position
    order by place.number`);
  return (rows as unknown as { organization_id: string; name: string; version: string; found: readonly StoredFinding[] }[]).map((row, index) => ({
    ...rematchDifference(row.found, changes[index] ?? { findings: [], suppressedBy: 0 }),
    places: changes[index]?.places ?? [],
    organizationId: row.organization_id,
    packageName: row.name,
    packageVersion: row.version,
  }));
}

/** Writes what groups have to lose, change and gain. Contents and groups go by their number, from 1, so that their names are sent once. */
class GroupWriter {
  readonly #transaction: Executor;
  readonly #contentIds: readonly string[];
  readonly #numberOf: ReadonlyMap<string, number>;
  readonly #groups: readonly GroupDifference[];
  readonly #judged: JudgedBy;

  constructor(transaction: Executor, contentIds: readonly string[], numberOf: ReadonlyMap<string, number>, groups: readonly GroupDifference[], judged: JudgedBy) {
    this.#transaction = transaction;
    this.#contentIds = contentIds;
    this.#numberOf = numberOf;
    this.#groups = groups;
    this.#judged = judged;
  }

  async events(): Promise<number> {
    const { flat, places } = this.#of(({ happenings }) => happenings);
    if (flat.length === 0) return 0;
    const groupNames = sql`(${textArray(this.#groups.map(({ packageName }) => packageName))})[place.number], (${textArray(this.#groups.map(({ packageVersion }) => packageVersion))})[place.number]`;
    const { rowCount } = await this.#transaction.execute(sql`
      insert into ${findingEvents} (organization_id, image_id, kind, cause, at, revision, vulnerability, package_key, package_name, package_version, severity, fix_version, changes)
      select i.organization_id, i.id, happened.kind, 'advisories', ${this.#at}, ${this.#judged.revision}, happened.vulnerability, happened.package_key, ${groupNames},
        happened.severity, happened.fix_version, happened.changes::jsonb
      from ${places}
      join (
        select content.number, i.id, i.organization_id from unnest(${textArray(this.#contentIds)}) with ordinality as content (id, number)
        join ${trackedImages} as i on i.content_id = content.id) as i on i.number = place.content
      join unnest(${numberArray(flat.map(({ number }) => number))}, ${textArray(flat.map(({ item }) => item.kind))}, ${textArray(flat.map(({ item }) => item.vulnerability))},
        ${textArray(flat.map(({ item }) => item.packageKey))}, ${numberArray(flat.map(({ item }) => item.severity))}, ${textArray(flat.map(({ item }) => item.fixVersion))},
        ${textArray(flat.map(({ item }) => (item.changes === null ? null : storableJson(item.changes))))}) as happened (number, kind, vulnerability, package_key, severity, fix_version, changes)
        on happened.number = place.number`);
    return rowCount ?? 0;
  }

  async removed(): Promise<void> {
    const { flat, places } = this.#of(({ removed }) => removed);
    if (flat.length === 0) return;
    await this.#transaction.execute(sql`
      delete from ${findings} as f using ${places}
      join unnest(${numberArray(flat.map(({ number }) => number))}, ${textArray(flat.map(({ item }) => item))}) as gone (number, vulnerability) on gone.number = place.number
      where f.content_id = ${this.#contentId} and f.position = place.position and f.vulnerability = gone.vulnerability`);
  }

  async changed(): Promise<void> {
    const { flat, places } = this.#of(({ changed }) => changed);
    if (flat.length === 0) return;
    const assignments = judgedColumns.filter(({ name }) => name !== 'vulnerability').map(({ name }) => sql.raw(`${name} = n.${name}`));
    await this.#transaction.execute(sql`
      update ${findings} as f set ${sql.join(assignments, sql`, `)}
      from ${places} join ${judgedRows(flat)} on n.number = place.number
      where f.content_id = ${this.#contentId} and f.position = place.position and f.vulnerability = n.vulnerability`);
  }

  async added(): Promise<void> {
    const { flat, places } = this.#of(({ added }) => added);
    if (flat.length === 0) return;
    await this.#transaction.execute(sql`
      insert into ${findings} (content_id, organization_id, position, package_name, package_version, ecosystem, layer_index, first_seen_at, ${columnNames()})
      select c.content_id, c.organization_id, c.position, c.name, c.version, c.ecosystem, c.layer_index, ${this.#at}, ${columnNames('n.')}
      from ${places} join ${judgedRows(flat)} on n.number = place.number
      join ${components} as c on c.content_id = ${this.#contentId} and c.position = place.position`);
  }

  /** Every content of the batch was judged, whether something changed in it or not. */
  async matchings(): Promise<void> {
    const { revision, advisoriesAt, matcherVersion } = this.#judged;
    const deltas = this.#contentIds.map(() => countColumns.map(() => 0));
    for (const { places, counts } of this.#groups) {
      for (const { contentId } of places) {
        const delta = deltas[(this.#numberOf.get(contentId) ?? 0) - 1];
        for (const [column, by] of counts.entries()) if (delta !== undefined) delta[column] = (delta[column] ?? 0) + by;
      }
    }
    const names = countColumns.map((column) => `"${column}"`);
    await this.#transaction.execute(sql`
      update ${matchings} as m set revision = ${revision}, held_revision = ${revision}, advisories_at = ${advisoriesAt?.toISOString() ?? null}::timestamptz,
        matcher_version = ${matcherVersion}, matched_at = ${this.#at}, ${sql.raw(names.map((name) => `${name} = m.${name} + delta.${name}`).join(', '))}
      from unnest(${textArray(this.#contentIds)}, ${sql.join(countColumns.map((_, column) => numberArray(deltas.map((delta) => delta[column] ?? 0))), sql`, `)})
        as delta (content_id, ${sql.raw(names.join(', '))})
      where m.content_id = delta.content_id`);
  }

  get #at(): SQL {
    return sql`${this.#judged.at.toISOString()}::timestamptz`;
  }

  get #contentId(): SQL {
    return sql`(${textArray(this.#contentIds)})[place.content]`;
  }

  /** Some rows of every group, with its number, and the places of the groups that have any. */
  #of<Item>(itemsOf: (group: GroupDifference) => readonly Item[]): { readonly flat: readonly { readonly number: number; readonly item: Item }[]; readonly places: SQL } {
    const numbered = this.#groups.map((group, index) => ({ number: index + 1, group, items: itemsOf(group) }));
    const flat = numbered.flatMap(({ number, items }) => items.map((item) => ({ number, item })));
    const places = numbered.flatMap(({ number, group, items }) => (items.length === 0 ? [] : group.places.map((place) => ({ number, content: this.#numberOf.get(place.contentId) ?? 0, position: place.position }))));
    return {
      flat,
      places: sql`unnest(${numberArray(places.map(({ number }) => number))}, ${numberArray(places.map(({ content }) => content))}, ${numberArray(places.map(({ position }) => position))}) as place (number, content, position)`,
    };
  }
}

/** Columns of a finding that a match decides, with how they are sent. */
const judgedColumns: readonly { readonly name: string; readonly values: (findings: readonly FindingInput[]) => SQL }[] = [
  { name: 'vulnerability', values: (all) => textArray(all.map((each) => each.vulnerability)) },
  { name: 'package_key', values: (all) => textArray(all.map((each) => each.packageKey)) },
  { name: 'severity', values: (all) => numberArray(all.map((each) => severities.indexOf(each.severity))) },
  { name: 'score', values: (all) => numberArray(all.map((each) => each.score ?? null), 'float8') },
  { name: 'epss', values: (all) => numberArray(all.map((each) => each.epss ?? null), 'float8') },
  { name: 'epss_percentile', values: (all) => numberArray(all.map((each) => each.epssPercentile ?? null), 'float8') },
  { name: 'exploited_since', values: (all) => textArray(all.map((each) => each.exploitedSince ?? null)) },
  { name: 'exploited_due', values: (all) => textArray(all.map((each) => each.exploitedDue ?? null)) },
  { name: 'ransomware', values: (all) => booleanArray(all.map((each) => each.ransomware)) },
  { name: 'fix_state', values: (all) => textArray(all.map((each) => each.fixState)) },
  { name: 'fix_version', values: (all) => textArray(all.map((each) => each.fixVersion ?? null)) },
  { name: 'class', values: (all) => textArray(all.map((each) => each.class)) },
  { name: 'hidden', values: (all) => booleanArray(all.map((each) => each.hidden)) },
  { name: 'confidence', values: (all) => textArray(all.map((each) => each.confidence)) },
  { name: 'published', values: (all) => textArray(all.map((each) => each.published ?? null)) },
  { name: 'priority', values: (all) => numberArray(all.map(findingPriority)) },
  { name: 'fingerprint', values: (all) => textArray(all.map((each) => each.fingerprint)) },
];

function columnNames(prefix = ''): SQL {
  return sql.raw(judgedColumns.map(({ name }) => `${prefix}${name}`).join(', '));
}

/** Findings with the number of their group, as rows `n`. */
function judgedRows(flat: readonly { readonly number: number; readonly item: FindingInput }[]): SQL {
  const all = flat.map(({ item }) => item);
  return sql`unnest(${numberArray(flat.map(({ number }) => number))}, ${sql.join(judgedColumns.map(({ values }) => values(all)), sql`, `)}) as n (number, ${columnNames()})`;
}
