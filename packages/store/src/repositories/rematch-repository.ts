import { sql, type SQL } from 'drizzle-orm';
import { severities, type ComparedComponent, type ComponentGroupChange } from '../finding-records.js';
import { connections } from '../schema/connection-tables.js';
import { components, contents } from '../schema/content-tables.js';
import { findingEvents, findings, matchings } from '../schema/finding-tables.js';
import { trackedImages } from '../schema/image-tables.js';
import { storableText } from '../storable-text.js';
import type { Executor, StoreContext } from '../store-context.js';
import type { RematchRepository } from '../contract/rematch-repository.js';
import { withoutNulls } from '../without-nulls.js';
import { findingPriority } from './finding-priority.js';
import { countBySeverity, writeDetails } from './write-matching.js';

/** A smaller change of EPSS is not worth writing a row for: it is shown in percent with one decimal. */
const epssTolerance = 0.0005;

const texts = (values: readonly (string | null)[]): SQL => sql`${sql.param(values.map((value) => (value === null ? null : storableText(value))))}::text[]`;
const numbers = (values: readonly (number | null)[], type: 'int' | 'float8' = 'int'): SQL => sql`${sql.param([...values])}::${sql.raw(type)}[]`;
const flags = (values: readonly boolean[]): SQL => sql`${sql.param([...values])}::boolean[]`;

/**
 * True when a component asks for something that changed. Spelt out for the first places, because only so does the database hold
 * them against a hash table instead of walking the whole list for every row.
 */
function asksFor(alias: 'c' | 'o', lookUps: readonly number[]): SQL {
  const column = sql.raw(`${alias}.look_ups`);
  const wanted = numbers(lookUps);
  const places = [1, 2, 3, 4].map((place) => sql`${column}[${sql.raw(String(place))}] = any(${wanted})`);
  return sql`(${sql.join(places, sql` or `)} or (cardinality(${column}) > 4 and ${column} && ${wanted}))`;
}

const seenByMatcher = ['ecosystem', 'name', 'version', 'package_url', 'source_name', 'source_version', 'supplier', 'match_facts'];
const identity = sql.raw(`md5(jsonb_build_array(m.distribution, ${['c', 'o'].flatMap((alias) => seenByMatcher.map((column) => `${alias}.${column}`)).join(', ')})::text)`);
const digest = sql`(select md5(coalesce(string_agg(f.vulnerability || ' ' || f.fingerprint, e'\\n' order by f.vulnerability || ' ' || f.fingerprint collate "C"), ''))
  from ${findings} as f where f.content_id = c.content_id and f.position = c.position)`;

/** Components `c` of the contents that something changed for, with their owners `o` and matches `m`. */
function touched(contentIds: readonly string[], lookUps: readonly number[]): SQL {
  // The owners are bounded too: otherwise the database hashes every component there is.
  return sql`${components} as c join ${matchings} as m on m.content_id = c.content_id
    left join (select * from ${components} where content_id = any(${texts(contentIds)})) as o on o.content_id = c.content_id and o.id = c.owned_by
    where c.content_id = any(${texts(contentIds)}) and (${asksFor('c', lookUps)} or ${asksFor('o', lookUps)})`;
}

/** Contents that some image shows, with their matches `m` where there are any. */
const shownContents = sql`${contents} as content left join ${matchings} as m on m.content_id = content.id
  join lateral (select from ${trackedImages} as i where i.content_id = content.id limit 1) as shown on content.published`;

/** True unless another process judged it by advisories that are newer than `advisoriesAt`: that must not be undone. */
function isNotNewer(advisoriesAt: Date | undefined): SQL {
  if (advisoriesAt === undefined) return sql`true`;
  return sql`(m.advisories_at is null or m.advisories_at <= ${advisoriesAt.toISOString()}::timestamptz or m.revision is distinct from m.held_revision)`;
}

export function createRematchRepository({ database, clock }: StoreContext): RematchRepository {
  return {
    async behind({ revision, matcherVersion, advisoriesAt }) {
      const { rows } = await database.execute(sql`
        select m.held_revision, coalesce(m.matcher_version, '') as matcher_version, count(*)::int as contents
        from ${shownContents} where (m.held_revision is distinct from ${revision} or m.matcher_version <> ${matcherVersion}) and ${isNotNewer(advisoriesAt)}
        group by 1, 2 order by 1, 2`);
      return (rows as unknown as { held_revision: string | null; matcher_version: string; contents: number }[]).map((row) => ({
        ...(row.held_revision === null ? {} : { heldRevision: row.held_revision }),
        matcherVersion: row.matcher_version,
        contents: row.contents,
      }));
    },

    async next({ heldRevision, matcherVersion, advisoriesAt }, ecosystems, after, limit) {
      const { rows } = await database.execute(sql`
        select content.id as content_id, content.organization_id,
          exists (select from ${trackedImages} as i join ${connections} as connection on connection.id = i.connection_id where i.content_id = content.id and connection.sample) as is_sample,
          m.content_id is null or m.missing_ecosystems && ${texts(ecosystems)} or m.revision is distinct from m.held_revision
            or exists (select from ${components} as c where c.content_id = content.id and c.look_ups is null) as whole
        from ${shownContents}
        where m.held_revision is not distinct from ${heldRevision ?? null}::text and coalesce(m.matcher_version, '') = ${matcherVersion} and content.id > ${after} and ${isNotNewer(advisoriesAt)}
        order by content.id limit ${limit}`);
      return (rows as unknown as { content_id: string; organization_id: string; is_sample: boolean; whole: boolean }[]).map((row) => ({
        contentId: row.content_id,
        organizationId: row.organization_id,
        isSample: row.is_sample,
        whole: row.whole,
      }));
    },

    async groups(contentIds, lookUps) {
      if (contentIds.length === 0 || lookUps.length === 0) return [];
      const { rows } = await database.execute(sql`
        with grouped as (
          select identity, digest, (min(array[content_id, position::text])) as example
          from (select ${identity} as identity, ${digest} as digest, c.content_id, c.position from ${touched(contentIds, lookUps)}) as each
          group by 1, 2)
        select grouped.identity, grouped.digest, m.distribution, ${componentJson('c')} as component, case when o.id is null then null else ${componentJson('o')} end as owner
        from grouped
        join ${components} as c on c.content_id = grouped.example[1] and c.position = grouped.example[2]::int
        join ${matchings} as m on m.content_id = c.content_id
        left join lateral (select * from ${components} as owner where owner.content_id = c.content_id and owner.id = c.owned_by limit 1) as o on true`);
      return (rows as unknown as GroupRow[]).map(({ component, owner, ...group }) =>
        withoutNulls({ ...group, component: withoutNulls(component), owner: owner === null ? null : withoutNulls(owner) }),
      );
    },

    write: (contentIds, lookUps, changes, now) =>
      database.transaction(async (transaction) => {
        const at = clock.now();
        const events = changes.length === 0 ? 0 : await writeChanges(transaction, contentIds, lookUps, changes, { at, revision: now.revision });
        await transaction.execute(sql`
          update ${matchings} set revision = ${now.revision}, held_revision = ${now.revision}, advisories_at = ${now.advisoriesAt?.toISOString() ?? null}::timestamptz,
            matcher_version = ${now.matcherVersion}, matched_at = ${at.toISOString()}::timestamptz
          where content_id = any(${texts(contentIds)})`);
        return events;
      }),

    async passOver(organizationId, contentId, now) {
      const seen = { heldRevision: now.revision, matcherVersion: now.matcherVersion };
      await database
        .insert(matchings)
        .values({
          ...seen,
          contentId,
          organizationId,
          state: 'unmatched',
          matchedAt: clock.now(),
          notices: [{ code: 'catalogue-unreadable', message: 'What this image holds cannot be read back. Scan it again.', componentCount: 0 }],
          missingEcosystems: [],
          suppressedCount: 0,
          hiddenCount: 0,
          ...countBySeverity([]),
          exploitedCount: 0,
          fixableCount: 0,
        })
        .onConflictDoUpdate({ target: matchings.contentId, set: seen });
    },

    async vulnerabilities(after, limit) {
      const { rows } = await database.execute(sql`
        select distinct vulnerability from (select vulnerability from ${findings} where vulnerability > ${after}) as later order by 1 limit ${limit}`);
      return rows.map((row) => String(row['vulnerability']));
    },

    async setExploitation(known) {
      if (known.length === 0) return 0;
      const priorities = severities.flatMap((severity, rank) => known.map((each) => ({ rank, vulnerability: each.vulnerability, priority: findingPriority({ ...each, severity }) })));
      return database.transaction(async (transaction) => {
        const { rows } = await transaction.execute(sql`
          update ${findings} as f set epss = known.epss, epss_percentile = known.percentile, exploited_since = known.since, exploited_due = known.due,
            ransomware = known.ransomware, priority = p.priority
          from unnest(${texts(known.map((each) => each.vulnerability))}, ${numbers(known.map((each) => each.epss ?? null), 'float8')},
            ${numbers(known.map((each) => each.epssPercentile ?? null), 'float8')}, ${texts(known.map((each) => each.exploitedSince ?? null))},
            ${texts(known.map((each) => each.exploitedDue ?? null))}, ${flags(known.map((each) => each.ransomware))}) as known (vulnerability, epss, percentile, since, due, ransomware),
            unnest(${texts(priorities.map((each) => each.vulnerability))}, ${numbers(priorities.map((each) => each.rank))}, ${numbers(priorities.map((each) => each.priority))}) as p (vulnerability, severity, priority)
          where f.vulnerability = known.vulnerability and p.vulnerability = f.vulnerability and p.severity = f.severity
            and (abs(coalesce(f.epss, -1) - coalesce(known.epss, -1)) >= ${epssTolerance} or f.exploited_since is distinct from known.since
              or f.exploited_due is distinct from known.due or f.ransomware <> known.ransomware)
          returning f.content_id`);
        await recount(transaction, [...new Set(rows.map((row) => String(row['content_id'])))]);
        return rows.length;
      });
    },
  };
}

interface GroupRow {
  readonly identity: string;
  readonly digest: string;
  readonly distribution: unknown;
  readonly component: ComparedComponent;
  readonly owner: ComparedComponent | null;
}

function componentJson(alias: 'c' | 'o'): SQL {
  return sql.raw(`jsonb_build_object('id', ${alias}.id, 'ecosystem', ${alias}.ecosystem, 'name', ${alias}.name, 'version', ${alias}.version,
    'packageUrl', ${alias}.package_url, 'sourceName', ${alias}.source_name, 'sourceVersion', ${alias}.source_version, 'supplier', ${alias}.supplier, 'matchFacts', ${alias}.match_facts)`);
}

async function writeChanges(
  transaction: Executor,
  contentIds: readonly string[],
  lookUps: readonly number[],
  changes: readonly ComponentGroupChange[],
  { at, revision }: { readonly at: Date; readonly revision: string },
): Promise<number> {
  const wanted = changes.map(({ identity: of, digest: had }) => `${of} ${had}`);
  const { rows } = await transaction.execute(sql`
    select content_id, position, organization_id, place from (
      select c.content_id, c.position, c.organization_id, array_position(${texts(wanted)}, ${identity} || ' ' || ${digest}) as place
      from ${touched(contentIds, lookUps)}) as each where place is not null`);
  const places = rows as unknown as { content_id: string; position: number; organization_id: string; place: number }[];
  for (const [organizationId] of Map.groupBy(places, (row) => row.organization_id)) await writeDetails(transaction, organizationId, changes.flatMap((change) => change.findings));
  const occurrences = sql`unnest(${texts(places.map((row) => row.content_id))}, ${numbers(places.map((row) => row.position))}, ${numbers(places.map((row) => row.place))}) as at_place (content_id, position, place)`;
  const flat = changes.flatMap((change, index) => change.findings.map((finding) => ({ place: index + 1, finding })));
  const of = <Value>(value: (finding: ComponentGroupChange['findings'][number]) => Value): Value[] => flat.map(({ finding }) => value(finding));
  const next = sql`unnest(${numbers(flat.map(({ place }) => place))}, ${texts(of((each) => each.vulnerability))}, ${texts(of((each) => each.packageKey))},
    ${numbers(of((each) => severities.indexOf(each.severity)))}, ${numbers(of((each) => each.score ?? null), 'float8')}, ${numbers(of((each) => each.epss ?? null), 'float8')},
    ${numbers(of((each) => each.epssPercentile ?? null), 'float8')}, ${texts(of((each) => each.exploitedSince ?? null))}, ${texts(of((each) => each.exploitedDue ?? null))},
    ${flags(of((each) => each.ransomware))}, ${texts(of((each) => each.fixState))}, ${texts(of((each) => each.fixVersion ?? null))}, ${texts(of((each) => each.class))},
    ${flags(of((each) => each.hidden))}, ${texts(of((each) => each.confidence))}, ${texts(of((each) => each.published ?? null))}, ${numbers(of(findingPriority))},
    ${texts(of((each) => each.fingerprint))}) as n (place, vulnerability, package_key, severity, score, epss, epss_percentile, exploited_since, exploited_due, ransomware, fix_state,
      fix_version, class, hidden, confidence, published, priority, fingerprint)`;
  const when = sql`${at.toISOString()}::timestamptz`;
  const { rowCount } = await transaction.execute(sql`
    insert into ${findingEvents} (organization_id, image_id, kind, cause, at, revision, vulnerability, package_key, package_name, package_version, severity, fix_version, changes)
    select organization_id, image_id, kind, 'advisories', ${when}, ${revision}, vulnerability, package_key, package_name, package_version, severity, fix_version, changes from (
      select c.organization_id, i.id as image_id,
        case when f.vulnerability is null or f.hidden then 'new' when n.vulnerability is null or n.hidden then 'resolved' else 'changed' end as kind,
        coalesce(n.vulnerability, f.vulnerability) as vulnerability, coalesce(n.package_key, f.package_key) as package_key, c.name as package_name, c.version as package_version,
        coalesce(n.severity, f.severity) as severity, case when n.vulnerability is null then f.fix_version else n.fix_version end as fix_version,
        case when f.vulnerability is null or n.vulnerability is null or f.hidden or n.hidden then null else nullif(
          case when f.severity = n.severity then '{}'::jsonb else jsonb_build_object('severity', jsonb_build_array((${severityNames})[f.severity + 1], (${severityNames})[n.severity + 1])) end
          || case when f.fix_version is not distinct from n.fix_version then '{}'::jsonb else jsonb_build_object('fixVersion', jsonb_build_array(f.fix_version, n.fix_version)) end
          || case when f.fix_state = n.fix_state then '{}'::jsonb else jsonb_build_object('fixState', jsonb_build_array(f.fix_state, n.fix_state)) end, '{}'::jsonb) end as changes,
        f.vulnerability is not null and not f.hidden as had, n.vulnerability is not null and not n.hidden as has
      from (${pairs(occurrences, next)}) as pair
      join ${components} as c on c.content_id = pair.content_id and c.position = pair.position
      join ${trackedImages} as i on i.content_id = pair.content_id
      left join ${findings} as f on f.content_id = pair.content_id and f.position = pair.position and f.vulnerability = pair.vulnerability
      left join ${next} on n.place = pair.place and n.vulnerability = pair.vulnerability) as event
    where had <> has or (had and has and changes is not null)`);
  await transaction.execute(sql`
    delete from ${findings} as f using ${occurrences}
    where f.content_id = at_place.content_id and f.position = at_place.position
      and not exists (select from ${next} where n.place = at_place.place and n.vulnerability = f.vulnerability)`);
  await transaction.execute(sql`
    insert into ${findings} as f (content_id, organization_id, position, package_name, package_version, ecosystem, layer_index, vulnerability, package_key, severity, score, epss,
      epss_percentile, exploited_since, exploited_due, ransomware, fix_state, fix_version, class, hidden, confidence, published, priority, fingerprint, first_seen_at)
    select c.content_id, c.organization_id, c.position, c.name, c.version, c.ecosystem, c.layer_index, n.vulnerability, n.package_key, n.severity, n.score, n.epss, n.epss_percentile,
      n.exploited_since, n.exploited_due, n.ransomware, n.fix_state, n.fix_version, n.class, n.hidden, n.confidence, n.published, n.priority, n.fingerprint, ${when}
    from ${occurrences} join ${next} on n.place = at_place.place
    join ${components} as c on c.content_id = at_place.content_id and c.position = at_place.position
    on conflict (content_id, position, vulnerability) do update set package_key = excluded.package_key, severity = excluded.severity, score = excluded.score, epss = excluded.epss,
      epss_percentile = excluded.epss_percentile, exploited_since = excluded.exploited_since, exploited_due = excluded.exploited_due, ransomware = excluded.ransomware,
      fix_state = excluded.fix_state, fix_version = excluded.fix_version, class = excluded.class, hidden = excluded.hidden, confidence = excluded.confidence,
      published = excluded.published, priority = excluded.priority, fingerprint = excluded.fingerprint
    where f.fingerprint <> excluded.fingerprint`);
  await recount(transaction, [...new Set(places.map((row) => row.content_id))]);
  return rowCount ?? 0;
}

const severityNames = sql.raw(`array[${severities.map((severity) => `'${severity}'`).join(', ')}]`);

/** Every vulnerability a place has or is to have. */
function pairs(occurrences: SQL, next: SQL): SQL {
  return sql`
    select at_place.content_id, at_place.position, at_place.place, f.vulnerability from ${occurrences}
      join ${findings} as f on f.content_id = at_place.content_id and f.position = at_place.position
    union select at_place.content_id, at_place.position, at_place.place, n.vulnerability from ${occurrences} join ${next} on n.place = at_place.place`;
}

async function recount(transaction: Executor, contentIds: readonly string[]): Promise<void> {
  if (contentIds.length === 0) return;
  const counts = severities.map((severity, rank) => sql`count(*) filter (where not f.hidden and f.severity = ${sql.raw(String(rank))}) as ${sql.raw(`"${severity}"`)}`);
  const assignments = severities.map((severity) => sql.raw(`"${severity}" = counted."${severity}"`));
  await transaction.execute(sql`
    update ${matchings} as m set ${sql.join(assignments, sql`, `)}, hidden_count = counted.hidden, exploited_count = counted.exploited, fixable_count = counted.fixable
    from (select id as content_id, ${sql.join(counts, sql`, `)}, count(*) filter (where f.hidden) as hidden,
        count(*) filter (where not f.hidden and f.exploited_since is not null) as exploited, count(*) filter (where not f.hidden and f.fix_version is not null) as fixable
      from unnest(${texts(contentIds)}) as id left join ${findings} as f on f.content_id = id group by id) as counted
    where m.content_id = counted.content_id`);
}
