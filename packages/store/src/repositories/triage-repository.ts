import { and, desc, eq, inArray, isNotNull, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import { createId, isId } from '../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import { findings } from '../schema/finding-tables.js';
import { projectVersions, trackedImages } from '../schema/image-tables.js';
import { organizations } from '../schema/organization-tables.js';
import { triageDecisions } from '../schema/triage-tables.js';
import { storableText } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { TriageRepository } from '../contract/triage-repository.js';
import type { TriageDecisionRecord, TriageFilter, TriageTarget } from '../triage-records.js';
import { withoutColumns } from '../without-columns.js';
import { withoutNulls } from '../without-nulls.js';
import { countingDecision } from './counting-decision.js';
import { findingConditions, findingsOfImages } from './finding-conditions.js';

const cursor = pageCursor('decisions', [keyPart.time, keyPart.text]);
const rowsPerStatement = 500;

function toDecision(row: typeof triageDecisions.$inferSelect): TriageDecisionRecord {
  return withoutNulls(withoutColumns(row, 'organizationId'));
}

export function createTriageRepository({ database, clock }: StoreContext): TriageRepository {
  const holds = (now: Date): SQL | undefined => and(isNull(triageDecisions.endedAt), or(isNull(triageDecisions.expiresAt), sql`${triageDecisions.expiresAt} > ${now.toISOString()}::timestamptz`));

  const conditions = (organizationId: string, filter: TriageFilter): SQL | undefined => {
    const name = filter.imageName === undefined ? undefined : storableText(filter.imageName);
    return and(
      eq(triageDecisions.organizationId, organizationId),
      filter.vulnerability === undefined ? undefined : eq(triageDecisions.vulnerability, storableText(filter.vulnerability)),
      filter.packageKey === undefined ? undefined : eq(triageDecisions.packageKey, storableText(filter.packageKey)),
      filter.states && inArray(triageDecisions.state, [...filter.states]),
      filter.active === undefined ? undefined : filter.active ? holds(clock.now()) : isNotNull(triageDecisions.endedAt),
      filter.expiresBefore && lt(triageDecisions.expiresAt, filter.expiresBefore),
      name === undefined
        ? undefined
        : sql`(${triageDecisions.scope} = 'everywhere' or ${triageDecisions.scope} = 'image' and ${triageDecisions.scopeKey} = ${name} or ${triageDecisions.scope} = 'project' and ${triageDecisions.scopeKey} in (
            select version.project_id from ${trackedImages} as i join ${projectVersions} as version on version.id = i.project_version_id where i.organization_id = ${organizationId} and i.name = ${name}))`,
    );
  };

  return {
    async targets(organizationId, filter, scope, limit) {
      const scopeKey = scope === 'image' ? sql`i.name` : scope === 'project' ? sql`version.project_id` : sql`''`;
      const { rows } = await database.execute(sql`
        select f.vulnerability, f.package_key, ${scopeKey} as scope_key, bool_or(f.fix_version is not null) as had_fix
        from ${findingsOfImages} join ${projectVersions} as version on version.id = i.project_version_id
        where ${findingConditions(organizationId, filter)} group by 1, 2, 3 order by 1, 2, 3 limit ${limit}`);
      return (rows as unknown as { vulnerability: string; package_key: string; scope_key: string; had_fix: boolean }[]).map((row) => ({
        vulnerability: row.vulnerability,
        packageKey: row.package_key,
        scopeKey: row.scope_key,
        hadFix: row.had_fix,
      }));
    },

    decide: (organizationId, targets, input) =>
      database.transaction(async (transaction) => {
        // One at a time: two people who decide about the same finding at once supersede one another, in some order.
        await transaction.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, organizationId)).for('update');
        const createdAt = clock.now();
        const made: TriageDecisionRecord[] = [];
        for (let start = 0; start < targets.length; start += rowsPerStatement) {
          const some = targets.slice(start, start + rowsPerStatement);
          await transaction
            .update(triageDecisions)
            .set({ endedAt: createdAt, end: 'superseded' })
            .where(and(eq(triageDecisions.organizationId, organizationId), eq(triageDecisions.scope, input.scope), isNull(triageDecisions.endedAt), isOneOf(some)));
          const rows = await transaction
            .insert(triageDecisions)
            .values(
              some.map((target) => ({
                id: createId('tri'),
                organizationId,
                vulnerability: storableText(target.vulnerability),
                packageKey: storableText(target.packageKey),
                scope: input.scope,
                scopeKey: storableText(target.scopeKey),
                state: input.state,
                justification: input.justification ?? null,
                reason: storableText(input.reason),
                author: storableText(input.author),
                createdAt,
                expiresAt: input.expiresAt ?? null,
                reopenWhenFixed: input.reopenWhenFixed,
                hadFix: target.hadFix,
              })),
            )
            .returning();
          made.push(...rows.map(toDecision));
        }
        return made;
      }),

    async list(organizationId, filter, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const rows = await database
        .select()
        .from(triageDecisions)
        .where(
          and(
            conditions(organizationId, filter),
            after && sql`(${triageDecisions.createdAt}, ${triageDecisions.id}) < (${new Date(after[0]).toISOString()}::timestamptz, ${after[1]})`,
          ),
        )
        .orderBy(desc(triageDecisions.createdAt), desc(triageDecisions.id))
        .limit(rowLimit(page));
      return toPage(rows, page, toDecision, (row) => cursor.write([row.createdAt.getTime(), row.id]));
    },

    async counting(organizationId, of) {
      const column = (value: (finding: (typeof of)[number]) => string): SQL => sql`${sql.param(of.map((finding) => storableText(value(finding))))}::text[]`;
      const { rows } = await database.execute(sql`
        select ${countingDecision('id', clock.now())} as id
        from (select ${organizationId} as organization_id, asked.* from unnest(${column((finding) => finding.imageId)}, ${column((finding) => finding.vulnerability)},
            ${column((finding) => finding.packageKey)}, ${sql.param(of.map((finding) => finding.fixVersion ?? null))}::text[]) with ordinality as asked (image_id, vulnerability, package_key, fix_version, place)) as f
        left join ${trackedImages} as i on i.id = f.image_id and i.organization_id = f.organization_id order by f.place`);
      const ids = (rows as unknown as { id: string | null }[]).map((row) => row.id ?? '');
      const found = await database.select().from(triageDecisions).where(inArray(triageDecisions.id, ids.filter(isId)));
      const decisions = new Map(found.map((row) => [row.id, toDecision(row)]));
      return ids.map((id) => decisions.get(id));
    },

    async withdraw(organizationId, ids) {
      const rows = await database
        .update(triageDecisions)
        .set({ endedAt: clock.now(), end: 'withdrawn' })
        .where(and(eq(triageDecisions.organizationId, organizationId), inArray(triageDecisions.id, ids.filter(isId)), isNull(triageDecisions.endedAt)))
        .returning();
      return rows.map(toDecision);
    },

    async endDue() {
      const endedAt = clock.now();
      const expired = await database
        .update(triageDecisions)
        .set({ endedAt, end: 'expired' })
        .where(and(isNull(triageDecisions.endedAt), lte(triageDecisions.expiresAt, endedAt)))
        .returning({ id: triageDecisions.id });
      // A narrower scope ends when a fix appears in one of its images; the same that lists go by already.
      const { rowCount } = await database.execute(sql`
        update ${triageDecisions} as d set ended_at = ${endedAt.toISOString()}::timestamptz, "end" = 'fix-available'
        where d.ended_at is null and d.reopen_when_fixed and not d.had_fix and exists (
          select from ${findings} as f join ${trackedImages} as i on i.content_id = f.content_id
          join ${projectVersions} as version on version.id = i.project_version_id
          where f.organization_id = d.organization_id and f.vulnerability = d.vulnerability and f.package_key = d.package_key and f.fix_version is not null
            and (d.scope = 'everywhere' or d.scope = 'image' and d.scope_key = i.name or d.scope = 'project' and d.scope_key = version.project_id))`);
      return expired.length + (rowCount ?? 0);
    },
  };
}

function isOneOf(targets: readonly TriageTarget[]): SQL {
  const column = (value: (target: TriageTarget) => string): SQL => sql`${sql.param(targets.map((target) => storableText(value(target))))}::text[]`;
  return sql`(${triageDecisions.vulnerability}, ${triageDecisions.packageKey}, ${triageDecisions.scopeKey}) in (
    select * from unnest(${column((target) => target.vulnerability)}, ${column((target) => target.packageKey)}, ${column((target) => target.scopeKey)}))`;
}
