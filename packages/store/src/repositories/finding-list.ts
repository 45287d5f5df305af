import { sql, type SQL } from 'drizzle-orm';
import type { FindingFilter, FindingRecord, FindingSort } from '../finding-records.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import type { Page, PageRequest } from '../records.js';
import { components } from '../schema/content-tables.js';
import { findings } from '../schema/finding-tables.js';
import { trackedImages } from '../schema/image-tables.js';
import type { Executor, StoreContext } from '../store-context.js';
import { numberArray, textArray } from './array-parameters.js';
import { findingConditions, findingsOfImages } from './finding-conditions.js';
import { toFinding, type FindingRow } from './finding-row.js';
import { readSelection, selectFindings } from './finding-selection.js';
import { planForWholeTables } from './plan-for-whole-tables.js';

/** What each order goes by first, smallest first; equal ones go by vulnerability, content, component and image. */
const sortKeys: Readonly<Record<FindingSort, SortKey>> = {
  importance: { expression: sql`f.priority`, type: 'float8' },
  epss: { expression: sql`-coalesce(f.epss, -1)`, type: 'float8' },
  vulnerability: { expression: sql`f.vulnerability`, type: 'text' },
  package: { expression: sql`f.package_name`, type: 'text' },
  firstSeen: { expression: sql`-extract(epoch from f.first_seen_at)::float8`, type: 'float8' },
};

interface SortKey {
  readonly expression: SQL;
  readonly type: 'float8' | 'text';
}

const tie = [keyPart.text, keyPart.text, keyPart.number, keyPart.text] as const;
const cursors = {
  float8: (list: string) => pageCursor(list, [keyPart.decimal, ...tie]),
  text: (list: string) => pageCursor(list, [keyPart.text, ...tie]),
};

/** Findings whose states are looked up before those of all are joined. */
const walkedFirst = 2000;

/** Implements `FindingRepository.list`. */
export async function listFindings(context: Pick<StoreContext, 'database' | 'readLimitMs'>, organizationId: string, filter: FindingFilter, sort: FindingSort, page: PageRequest & { readonly reversed?: boolean }): Promise<Page<FindingRecord>> {
  const key = sortKeys[sort];
  const cursor = cursors[key.type](`findings by ${sort}${page.reversed === true ? ', reversed' : ''}`);
  const after = page.after === undefined ? undefined : cursor.read(page.after);
  const way = page.reversed === true ? { sorted: sql`desc`, isBeyond: sql`<` } : { sorted: sql`asc`, isBeyond: sql`>` };
  const place = [key.expression, sql`f.vulnerability`, sql`f.content_id`, sql`f.position`, sql`i.id`];
  const beyond = after === undefined ? sql`` : sql` and (${sql.join(place, sql`, `)}) ${way.isBeyond} (${after[0]}::${sql.raw(key.type)}, ${after[1]}, ${after[2]}, ${after[3]}::int, ${after[4]})`;
  const limit = rowLimit(page);
  const first = (from: SQL, where: SQL, most: number): SQL => keysOf(from, sql`${where}${beyond} order by ${ordered(place, way.sorted)}`, key.expression, most);
  const rows = await planForWholeTables(context, async (transaction): Promise<readonly FindingRow[]> => {
    const selection = await selectFindings(transaction, organizationId, filter);
    if (!selection.joinsStates) return rowsOf(transaction, first(selection.from, selection.where, limit), way.sorted);
    if (sort === 'importance') {
      // Some of the first findings are mostly in the states asked for. Only where they are not, joining the states of all takes less time than looking up one after the other.
      const { triage: _, ...others } = filter;
      const walked = sql`(${first(findingsOfImages, findingConditions(organizationId, others), walkedFirst)}) as walked
        join ${findings} as f using (content_id, position, vulnerability) join ${trackedImages} as i on i.id = walked.image_id`;
      const found = await rowsOf(transaction, first(walked, findingConditions(organizationId, filter), limit), way.sorted);
      if (found.length === limit) return found;
    }
    const { rows: keys } = await readSelection(transaction, selection, () => transaction.execute(first(selection.from, selection.where, limit)));
    return rowsOf(transaction, given(keys as unknown as readonly KeyRow[], key), way.sorted);
  });
  return toPage(rows, page, toFinding, (row) => cursor.write([row.sort_key as never, row.vulnerability, row.content_id, row.position, row.image_id]));
}

/** The finding that fits, if there is one. */
export async function findFinding(database: Executor, where: SQL): Promise<FindingRecord | undefined> {
  const [row] = await rowsOf(database, keysOf(findingsOfImages, where, sql`f.priority`, 1), sql`asc`);
  return row === undefined ? undefined : toFinding(row);
}

/** What tells findings apart, and what they are ordered by. */
type KeyRow = Pick<FindingRow, 'content_id' | 'position' | 'vulnerability' | 'image_id' | 'sort_key'>;

function keysOf(from: SQL, where: SQL, key: SQL, limit: number): SQL {
  return sql`select f.content_id, f.position, f.vulnerability, i.id as image_id, ${key} as sort_key from ${from} where ${where} limit ${limit}`;
}

function given(keys: readonly KeyRow[], { type }: SortKey): SQL {
  const sortKey = type === 'text' ? textArray(keys.map(({ sort_key }) => String(sort_key))) : numberArray(keys.map(({ sort_key }) => Number(sort_key)), type);
  return sql`select content_id, position, vulnerability, image_id collate "C" as image_id, sort_key${type === 'text' ? sql` collate "C"` : sql``} as sort_key from unnest(${textArray(keys.map(({ content_id }) => content_id))}, ${numberArray(keys.map(({ position }) => position))}, ${textArray(keys.map(({ vulnerability }) => vulnerability))},
    ${textArray(keys.map(({ image_id }) => image_id))}, ${sortKey}) as key (content_id, position, vulnerability, image_id, sort_key)`;
}

/** Findings by what {@link keysOf} gives of them, in that order. */
async function rowsOf(transaction: Executor, keys: SQL, way: SQL): Promise<readonly FindingRow[]> {
  const { rows } = await transaction.execute(sql`
    with page as (${keys})
    select f.*, page.image_id, page.sort_key, component.id as component_id, component.package_url, component.locations, component.owned_by
    from page join ${findings} as f using (content_id, position, vulnerability)
    join ${components} as component using (content_id, position)
    order by ${ordered([sql`page.sort_key`, sql`f.vulnerability`, sql`f.content_id`, sql`f.position`, sql`page.image_id`], way)}`);
  return rows as unknown as readonly FindingRow[];
}

function ordered(columns: readonly SQL[], way: SQL): SQL {
  return sql.join(columns.map((column) => sql`${column} ${way}`), sql`, `);
}
