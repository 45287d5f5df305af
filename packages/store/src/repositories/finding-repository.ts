import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { severities, type FindingRecord, type FindingSort, type MatchingRecord } from '../finding-records.js';
import { isId } from '../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import type { ComponentRecord } from '../records.js';
import { components, contents } from '../schema/content-tables.js';
import { findingDetails, findings, matchings } from '../schema/finding-tables.js';
import { storableText } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { FindingRepository } from '../contract/finding-repository.js';
import { withoutColumns } from '../without-columns.js';
import { withoutNulls } from '../without-nulls.js';
import { findingConditions, findingsOfImages } from './finding-conditions.js';
import { countByAge, countBySeverity } from './finding-counts.js';
import { listEvents } from './finding-events.js';
import { listGroups } from './finding-groups.js';
import { readWithinLimit } from './read-within-limit.js';
import { writeMatching } from './write-matching.js';

/** What each order goes by first, smallest first; equal ones go by vulnerability, content, component and image. */
const sortKeys: Readonly<Record<FindingSort, { readonly expression: SQL; readonly type: 'float8' | 'text' }>> = {
  importance: { expression: sql`f.priority`, type: 'float8' },
  epss: { expression: sql`-coalesce(f.epss, -1)`, type: 'float8' },
  vulnerability: { expression: sql`f.vulnerability`, type: 'text' },
  package: { expression: sql`f.package_name`, type: 'text' },
  firstSeen: { expression: sql`-extract(epoch from f.first_seen_at)::float8`, type: 'float8' },
};

const decimal = keyPart.decimal;
const tie = [keyPart.text, keyPart.text, keyPart.number, keyPart.text] as const;
const cursors = {
  float8: (sort: FindingSort) => pageCursor(`findings by ${sort}`, [decimal, ...tie]),
  text: (sort: FindingSort) => pageCursor(`findings by ${sort}`, [keyPart.text, ...tie]),
};

/** Counting stops here. */
const maximumCount = 100_000;

export function createFindingRepository(context: StoreContext): FindingRepository {
  const { database, clock } = context;
  const pageOf = (where: SQL, order: SQL, key: SQL, limit: number) => sql`
    with page as (
      select f.content_id, f.position, f.vulnerability, i.id as image_id, ${key} as sort_key
      from ${findingsOfImages} where ${where} order by ${order} limit ${limit})
    select f.*, page.image_id, page.sort_key, component.id as component_id, component.package_url, component.locations, component.owned_by
    from page join ${findings} as f using (content_id, position, vulnerability)
    join ${components} as component using (content_id, position)
    order by page.sort_key, f.vulnerability, f.content_id, f.position, page.image_id`;

  return {
    async matchingsOf(organizationId, contentIds) {
      const rows = await database
        .select()
        .from(matchings)
        .where(and(eq(matchings.organizationId, organizationId), inArray(matchings.contentId, contentIds.filter(isId))));
      return new Map(rows.map((row) => [row.contentId, toMatching(row)]));
    },

    async list(organizationId, filter, sort, page) {
      const { expression, type } = sortKeys[sort];
      const cursor = cursors[type](sort);
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const order = sql`(${expression}, f.vulnerability, f.content_id, f.position, i.id)`;
      const where = findingConditions(organizationId, filter);
      const reached = after && sql`${order} > (${after[0]}::${sql.raw(type)}, ${after[1]}, ${after[2]}, ${after[3]}::int, ${after[4]})`;
      const ordered = pageOf(reached === undefined ? where : sql`${where} and ${reached}`, sql`${expression}, f.vulnerability, f.content_id, f.position, i.id`, expression, rowLimit(page));
      const { rows } = await readWithinLimit(context, (transaction) => transaction.execute(ordered));
      const found = rows as unknown as FindingRow[];
      return toPage(found, page, toFinding, (row) => cursor.write([row.sort_key as never, row.vulnerability, row.content_id, row.position, row.image_id]));
    },

    async find(organizationId, { imageId, position, vulnerability }) {
      if (!Number.isInteger(position) || position < 0 || position > 2 ** 31 - 1) return undefined;
      const where = sql`${findingConditions(organizationId, { imageId, vulnerability, includeHidden: true })} and f.position = ${position}::int`;
      const { rows } = await database.execute(pageOf(where, sql`f.priority`, sql`f.priority`, 1));
      const [row] = rows as unknown as FindingRow[];
      return row === undefined ? undefined : toFinding(row);
    },

    async details(organizationId, fingerprints) {
      const rows = await database
        .select({ fingerprint: findingDetails.fingerprint, detail: findingDetails.detail })
        .from(findingDetails)
        .where(and(eq(findingDetails.organizationId, organizationId), inArray(findingDetails.fingerprint, fingerprints.map(storableText))));
      return new Map(rows.map((row) => [row.fingerprint, row.detail]));
    },

    async count(organizationId, filter) {
      const counted = sql`select count(*)::int as count from (select from ${findingsOfImages} where ${findingConditions(organizationId, filter)} limit ${maximumCount + 1}) as counted`;
      const { rows } = await readWithinLimit(context, (transaction) => transaction.execute(counted));
      const count = Number(rows[0]?.['count'] ?? 0);
      return count > maximumCount ? { count: maximumCount, exact: false } : { count, exact: true };
    },

    countBySeverity: (organizationId, filter) => countBySeverity(context, organizationId, filter),

    countByAge: (organizationId, filter, now) => countByAge(context, organizationId, filter, now),

    groups: (organizationId, grouping, filter, page) => listGroups(context, organizationId, grouping, filter, page),

    async resolveIdentifier(organizationId, identifier) {
      const wanted = storableText(identifier);
      const rows = await database
        .selectDistinct({ vulnerability: findingDetails.vulnerability })
        .from(findingDetails)
        .where(and(eq(findingDetails.organizationId, organizationId), sql`${findingDetails.identifiers} @> array[${wanted}]::text[]`))
        .orderBy(findingDetails.vulnerability)
        .limit(10);
      const ids = rows.map((row) => row.vulnerability);
      return ids.includes(wanted) ? [wanted, ...ids.filter((id) => id !== wanted)] : ids;
    },

    async detailsOf(organizationId, vulnerability) {
      const rows = await database
        .select({ detail: findingDetails.detail })
        .from(findingDetails)
        .where(and(eq(findingDetails.organizationId, organizationId), sql`${findingDetails.identifiers} @> array[${storableText(vulnerability)}]::text[]`, eq(findingDetails.vulnerability, storableText(vulnerability))))
        .orderBy(findingDetails.fingerprint)
        .limit(50);
      return rows.map((row) => row.detail);
    },

    async evidenceOf(organizationId, contentId) {
      const rows = await database
        .select({ componentId: components.id, vulnerability: findings.vulnerability, detail: findingDetails.detail })
        .from(findings)
        .innerJoin(components, and(eq(components.contentId, findings.contentId), eq(components.position, findings.position)))
        .innerJoin(findingDetails, and(eq(findingDetails.organizationId, findings.organizationId), eq(findingDetails.fingerprint, findings.fingerprint)))
        .where(and(eq(findings.organizationId, organizationId), eq(findings.contentId, isId(contentId) ? contentId : ''), eq(findings.hidden, false)));
      return rows.map(({ componentId, vulnerability, detail }) => ({ componentId, vulnerability, evidence: detail.evidence }));
    },

    events: (organizationId, filter, page) => listEvents(database, organizationId, filter, page),

    replace: (organizationId, contentId, matching) =>
      database.transaction(async (transaction) => {
        const [content] = await transaction
          .select({ id: contents.id })
          .from(contents)
          .where(and(eq(contents.organizationId, organizationId), eq(contents.id, isId(contentId) ? contentId : ''), contents.published))
          .for('update');
        if (content === undefined) return false;
        await writeMatching(transaction, { organizationId, contentId, now: clock.now() }, matching);
        return true;
      }),
  };
}

function toMatching(row: typeof matchings.$inferSelect): MatchingRecord {
  const { critical, high, medium, low, negligible, none, unknown, ...rest } = withoutColumns(row, 'organizationId', 'distribution');
  return { ...withoutNulls(rest), counts: { critical, high, medium, low, negligible, none, unknown } };
}

/** A finding of an image as lists select it: the columns of `findings`, and those of its image and component. */
export interface FindingRow {
  readonly content_id: string;
  readonly position: number;
  readonly vulnerability: string;
  readonly image_id: string;
  readonly sort_key: number | string;
  readonly component_id: string;
  readonly package_key: string;
  readonly package_name: string;
  readonly package_version: string;
  readonly package_url: string;
  readonly ecosystem: string;
  readonly locations: ComponentRecord['locations'];
  readonly owned_by: string | null;
  readonly layer_index: number | null;
  readonly severity: number;
  readonly score: number | null;
  readonly epss: number | null;
  readonly epss_percentile: number | null;
  readonly exploited_since: string | null;
  readonly exploited_due: string | null;
  readonly ransomware: boolean;
  readonly fix_state: string;
  readonly fix_version: string | null;
  readonly class: string;
  readonly hidden: boolean;
  readonly confidence: string;
  readonly published: string | null;
  readonly fingerprint: string;
  readonly first_seen_at: Date;
}

/** The record of a row. */
export function toFinding(row: FindingRow): FindingRecord {
  return withoutNulls({
    imageId: row.image_id,
    contentId: row.content_id,
    position: row.position,
    componentId: row.component_id,
    vulnerability: row.vulnerability,
    packageKey: row.package_key,
    packageName: row.package_name,
    packageVersion: row.package_version,
    packageUrl: row.package_url,
    ecosystem: row.ecosystem,
    locations: row.locations,
    ownedBy: row.owned_by,
    layerIndex: row.layer_index,
    severity: severities[row.severity] ?? 'unknown',
    score: row.score,
    epss: row.epss,
    epssPercentile: row.epss_percentile,
    exploitedSince: row.exploited_since,
    exploitedDue: row.exploited_due,
    ransomware: row.ransomware,
    fixState: row.fix_state,
    fixVersion: row.fix_version,
    class: row.class,
    hidden: row.hidden,
    confidence: row.confidence,
    published: row.published,
    fingerprint: row.fingerprint,
    firstSeenAt: new Date(row.first_seen_at),
  });
}
