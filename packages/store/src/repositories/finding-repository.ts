import { and, eq, inArray, sql } from 'drizzle-orm';
import type { MatchingRecord } from '../finding-records.js';
import { isId } from '../ids.js';
import { components, contents } from '../schema/content-tables.js';
import { findingDetails, findings, matchings } from '../schema/finding-tables.js';
import { storableText } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { FindingRepository } from '../contract/finding-repository.js';
import { withoutColumns } from '../without-columns.js';
import { withoutNulls } from '../without-nulls.js';
import { findingConditions } from './finding-conditions.js';
import { countByAge, countBySeverity, countFixable } from './finding-counts.js';
import { listEvents } from './finding-events.js';
import { listGroups } from './finding-groups.js';
import { findFinding, listFindings } from './finding-list.js';
import { readSelection, selectFindings } from './finding-selection.js';
import { planForWholeTables } from './plan-for-whole-tables.js';
import { writeMatching } from './write-matching.js';

/** Counting stops here. */
const maximumCount = 100_000;

export function createFindingRepository(context: StoreContext): FindingRepository {
  const { database, clock } = context;
  return {
    async matchingsOf(organizationId, contentIds) {
      const rows = await database
        .select()
        .from(matchings)
        .where(and(eq(matchings.organizationId, organizationId), inArray(matchings.contentId, contentIds.filter(isId))));
      return new Map(rows.map((row) => [row.contentId, toMatching(row)]));
    },

    fixableOf: (organizationId, contentIds) => countFixable(context, organizationId, contentIds),

    list: (organizationId, filter, sort, page) => listFindings(context, organizationId, filter, sort, page),

    async find(organizationId, { imageId, position, vulnerability }) {
      if (!Number.isInteger(position) || position < 0 || position > 2 ** 31 - 1) return undefined;
      return findFinding(database, sql`${findingConditions(organizationId, { imageId, vulnerability, includeHidden: true })} and f.position = ${position}::int`);
    },

    async details(organizationId, fingerprints) {
      const rows = await database
        .select({ fingerprint: findingDetails.fingerprint, detail: findingDetails.detail })
        .from(findingDetails)
        .where(and(eq(findingDetails.organizationId, organizationId), inArray(findingDetails.fingerprint, fingerprints.map(storableText))));
      return new Map(rows.map((row) => [row.fingerprint, row.detail]));
    },

    async count(organizationId, filter) {
      const { rows } = await planForWholeTables(context, async (transaction) => {
        const selection = await selectFindings(transaction, organizationId, filter);
        const counted = sql`select count(*)::int as count from (select from ${selection.from} where ${selection.where} limit ${maximumCount + 1}) as counted`;
        return readSelection(transaction, selection, () => transaction.execute(counted));
      });
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
