import { sql, type SQL } from 'drizzle-orm';
import type { ComparedComponent, ComparedGroup, ComponentGroupRecord, ComponentPlace } from '../finding-records.js';
import { components } from '../schema/content-tables.js';
import { findings, matchings } from '../schema/finding-tables.js';
import type { Executor } from '../store-context.js';
import { withoutNulls } from '../without-nulls.js';
import { numberArray, textArray } from './array-parameters.js';
import { planForManyRows } from './plan-for-many-rows.js';

/** What decides about a component and of the component it belongs to; the rest of a row is long. */
const seenByMatcher = ['ecosystem', 'name', 'version', 'package_url', 'source_name', 'source_version', 'supplier', 'match_facts'];
// Images are hostile: a hash for which two texts can be made would let one image decide what another is said to have.
const identity = sql.raw(`encode(sha256(convert_to(jsonb_build_array(m.distribution, ${['c', 'o'].flatMap((alias) => seenByMatcher.map((column) => `${alias}.${column}`)).join(', ')})::text, 'UTF8')), 'hex')`);

const digest = sql`(select md5(coalesce(string_agg(f.vulnerability || ' ' || f.fingerprint, e'\\n' order by f.vulnerability || ' ' || f.fingerprint collate "C"), ''))
  from ${findings} as f where f.content_id = c.content_id and f.position = c.position)`;

/**
 * True when a component asks for something that changed. Spelt out for the first places, because only so does the database hold
 * them against a hash table instead of walking the whole list for every row.
 */
function asksFor(alias: 'c' | 'o', lookUps: readonly number[]): SQL {
  const column = sql.raw(`${alias}.look_ups`);
  const wanted = numberArray(lookUps);
  const places = [1, 2, 3, 4].map((place) => sql`${column}[${sql.raw(String(place))}] = any(${wanted})`);
  return sql`(${sql.join(places, sql` or `)} or (cardinality(${column}) > 4 and ${column} && ${wanted}))`;
}

/** Implements `RematchRepository.groups`, in a transaction. */
export async function touchedGroups(transaction: Executor, contentIds: readonly string[], lookUps: readonly number[]): Promise<ComponentGroupRecord[]> {
  await planForManyRows(transaction);
  // The owners are bounded too: otherwise the database hashes every component there is. The components are not bounded twice: the planner would
  // take them for a few, and walk all of a content for the owner of each. Sums of hashes need no sorting; findings of
  // one fingerprint can still differ in what is set afterwards, so that is part of them.
  const found = (seed: number): SQL => sql.raw(`bit_xor(hashtextextended(concat(f.vulnerability, ' ', f.fingerprint, f.hidden, f.exploited_since is null), ${seed}))`);
  const { rows } = await transaction.execute(sql`
    select identity, state, array_agg(content) as contents, array_agg(position) as positions from (
      select ${identity} as identity, had.state, batch.content::int as content, c.position
      from unnest(${textArray(contentIds)}) with ordinality as batch (content_id, content)
      join ${matchings} as m on m.content_id = batch.content_id
      join ${components} as c on c.content_id = batch.content_id
      left join (select content_id, id, look_ups, ${sql.raw(seenByMatcher.join(', '))} from ${components} where content_id = any(${textArray(contentIds)})) as o
        on o.content_id = c.content_id and o.id = c.owned_by
      cross join lateral (
        select concat_ws(' ', count(*), ${found(1)}, ${found(2)}) as state
        from ${findings} as f where f.content_id = c.content_id and f.position = c.position) as had
      where ${asksFor('c', lookUps)} or ${asksFor('o', lookUps)}) as each
    group by identity, state`);
  return (rows as unknown as { identity: string; state: string; contents: number[]; positions: number[] }[]).map(({ contents, positions, ...group }) => ({
    ...group,
    places: contents.map((content, index) => ({ contentId: contentIds[content - 1] ?? '', position: positions[index] ?? 0 })),
  }));
}

/** Implements `RematchRepository.compared`, in a transaction. */
export async function comparedGroups(transaction: Executor, places: readonly ComponentPlace[]): Promise<ComparedGroup[]> {
  await planForManyRows(transaction);
  const { rows } = await transaction.execute(sql`
    select ${digest} as digest, m.distribution, ${componentJson('c')} as component, case when o.id is null then null else ${componentJson('o')} end as owner
    from unnest(${textArray(places.map(({ contentId }) => contentId))}, ${numberArray(places.map(({ position }) => position))}) with ordinality as place (content_id, position, number)
    join ${components} as c on c.content_id = place.content_id and c.position = place.position
    join ${matchings} as m on m.content_id = c.content_id
    left join lateral (select * from ${components} as owner where owner.content_id = c.content_id and owner.id = c.owned_by limit 1) as o on true
    order by place.number`);
  return (rows as unknown as { digest: string; distribution: unknown; component: ComparedComponent; owner: ComparedComponent | null }[]).map(({ component, owner, ...group }) =>
    withoutNulls({ ...group, component: withoutNulls(component), owner: owner === null ? null : withoutNulls(owner) }),
  );
}

function componentJson(alias: 'c' | 'o'): SQL {
  return sql.raw(`jsonb_build_object('id', ${alias}.id, 'ecosystem', ${alias}.ecosystem, 'name', ${alias}.name, 'version', ${alias}.version,
    'packageUrl', ${alias}.package_url, 'sourceName', ${alias}.source_name, 'sourceVersion', ${alias}.source_version, 'supplier', ${alias}.supplier, 'matchFacts', ${alias}.match_facts)`);
}
