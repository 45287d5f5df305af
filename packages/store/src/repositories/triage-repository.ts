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
import type { FindingFilter } from '../finding-records.js';
import type { TriageDecisionRecord, TriageFilter, TriageInput, TriageKept, TriageScope, TriageTarget } from '../triage-records.js';
import { withoutColumns } from '../without-columns.js';
import { withoutNulls } from '../without-nulls.js';
import { countingDecision } from './counting-decision.js';
import { readSelection, selectFindings, type FindingSelection } from './finding-selection.js';
import { groupByHashing, planForWholeTables } from './plan-for-whole-tables.js';
import { readWithinLimit } from './read-within-limit.js';

const cursor = pageCursor('decisions', [keyPart.time, keyPart.text]);
const targetsPerTransaction = 500;
const decisionsGiven = 100;

function toDecision(row: typeof triageDecisions.$inferSelect): TriageDecisionRecord {
  return withoutNulls(withoutColumns(row, 'organizationId'));
}

export function createTriageRepository(context: StoreContext): TriageRepository {
  const { database, clock } = context;
  const groupedByHashing = (organizationId: string, filter: FindingFilter, statement: (selection: FindingSelection) => SQL) =>
    planForWholeTables(context, async (transaction) => {
      await groupByHashing(transaction);
      const selection = await selectFindings(transaction, organizationId, filter);
      return readSelection(transaction, selection, () => transaction.execute(statement(selection)));
    });

  const holds = (now: Date): SQL | undefined => and(isNull(triageDecisions.endedAt), or(isNull(triageDecisions.expiresAt), sql`${triageDecisions.expiresAt} > ${now.toISOString()}::timestamptz`));

  const conditions = (organizationId: string, filter: TriageFilter): SQL | undefined => {
    const name = filter.imageName === undefined ? undefined : storableText(filter.imageName);
    return and(
      eq(triageDecisions.organizationId, organizationId),
      filter.vulnerability === undefined ? undefined : eq(triageDecisions.vulnerability, storableText(filter.vulnerability)),
      filter.packageKey === undefined ? undefined : eq(triageDecisions.packageKey, storableText(filter.packageKey)),
      filter.states && inArray(triageDecisions.state, [...filter.states]),
      filter.active === undefined ? undefined : filter.active ? holds(clock.now()) : isNotNull(triageDecisions.endedAt),
      filter.batchId === undefined ? undefined : eq(triageDecisions.batchId, isId(filter.batchId) ? filter.batchId : ''),
      filter.expiresBefore && lt(triageDecisions.expiresAt, filter.expiresBefore),
      name === undefined
        ? undefined
        : sql`(${triageDecisions.scope} = 'everywhere' or ${triageDecisions.scope} = 'image' and ${triageDecisions.scopeKey} = ${name} or ${triageDecisions.scope} = 'project' and ${triageDecisions.scopeKey} in (
            select version.project_id from ${trackedImages} as i join ${projectVersions} as version on version.id = i.project_version_id where i.organization_id = ${organizationId} and i.name = ${name}))`,
    );
  };

  const decideSome = (organizationId: string, targets: readonly TriageTarget[], input: TriageInput, batchId: string | undefined) =>
    database.transaction(async (transaction) => {
      // One at a time: two people who decide about the same finding at once supersede one another, in some order.
      await transaction.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, organizationId)).for('update');
      const createdAt = clock.now();
      const inForce = and(eq(triageDecisions.organizationId, organizationId), eq(triageDecisions.scope, input.scope), isNull(triageDecisions.endedAt));
      const earlier = new Map((await transaction.select().from(triageDecisions).where(and(inForce, isOneOf(targets)))).map((row) => [targetKey(row), toDecision(row)]));
      const kept: TriageKept[] = [];
      const open = targets.filter((target) => {
        const reason = keptBecause(earlier.get(targetKey(target)), target, input, createdAt);
        if (reason !== undefined) kept.push(reason);
        return reason === undefined;
      });
      if (open.length === 0) return { made: [], kept };
      await transaction.update(triageDecisions).set({ endedAt: createdAt, end: 'superseded' }).where(and(inForce, isOneOf(open)));
      const rows = await transaction
        .insert(triageDecisions)
        .values(
          open.map((target) => ({
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
            batchId: batchId ?? null,
          })),
        )
        .returning();
      return { made: rows.map(toDecision), kept };
    });

  return {
    async targets(organizationId, filter, scope, limit) {
      const { rows } = await groupedByHashing(organizationId, filter, (selection) => targetsOf(selection, scope, limit));
      return (rows as unknown as { vulnerability: string; package_key: string; scope_key: string; had_fix: boolean }[]).map((row) => ({
        vulnerability: row.vulnerability,
        packageKey: row.package_key,
        scopeKey: row.scope_key,
        hadFix: row.had_fix,
      }));
    },

    async preview(organizationId, filter, scope, limit) {
      const counted = (selection: FindingSelection) => sql`
        select count(*)::int as decisions, count(d.id)::int as decided from (${targetsOf(selection, scope, limit)}) as t
        left join ${triageDecisions} as d on d.organization_id = ${organizationId} and d.scope = ${scope} and d.ended_at is null
          and d.vulnerability = t.vulnerability and d.package_key = t.package_key and d.scope_key = t.scope_key
          and (d.expires_at is null or d.expires_at > ${clock.now().toISOString()}::timestamptz) and not (d.reopen_when_fixed and not d.had_fix and t.had_fix)`;
      const { rows } = await groupedByHashing(organizationId, filter, counted);
      const [row] = rows as unknown as { decisions: number; decided: number }[];
      return { decisionCount: row?.decisions ?? 0, decidedCount: row?.decided ?? 0 };
    },

    async decide(organizationId, targets, input) {
      const batchId = targets.length > 1 ? createId('bat') : undefined;
      const kept: Record<TriageKept, number> = { same: 0, earlier: 0, since: 0 };
      const made: TriageDecisionRecord[] = [];
      let madeCount = 0;
      for (let start = 0; start < targets.length; start += targetsPerTransaction) {
        const outcome = await decideSome(organizationId, targets.slice(start, start + targetsPerTransaction), input, batchId);
        for (const reason of outcome.kept) kept[reason] += 1;
        made.push(...outcome.made.slice(0, decisionsGiven - made.length));
        madeCount += outcome.made.length;
      }
      return { ...(batchId !== undefined && { batchId }), madeCount, made, kept };
    },

    async list(organizationId, filter, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const limit = rowLimit(page);
      const rows = await readWithinLimit(context, (transaction) =>
        transaction
          .select()
          .from(triageDecisions)
          .where(
            and(
              conditions(organizationId, filter),
              after && sql`(${triageDecisions.createdAt}, ${triageDecisions.id}) < (${new Date(after[0]).toISOString()}::timestamptz, ${after[1]})`,
            ),
          )
          .orderBy(desc(triageDecisions.createdAt), desc(triageDecisions.id))
          .limit(limit),
      );
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

    async withdrawBatch(organizationId, batchId) {
      if (!isId(batchId)) return 0;
      const { rowCount } = await database
        .update(triageDecisions)
        .set({ endedAt: clock.now(), end: 'withdrawn' })
        .where(and(eq(triageDecisions.organizationId, organizationId), eq(triageDecisions.batchId, batchId), isNull(triageDecisions.endedAt)));
      return rowCount ?? 0;
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

function targetsOf({ from, where }: FindingSelection, scope: TriageScope, limit: number): SQL {
  const scopeKey = scope === 'image' ? sql`i.name` : scope === 'project' ? sql`version.project_id` : sql`''`;
  return sql`
    select f.vulnerability, f.package_key, ${scopeKey} as scope_key, bool_or(f.fix_version is not null) as had_fix
    from ${from} join ${projectVersions} as version on version.id = i.project_version_id
    where ${where} group by 1, 2, 3 order by 1, 2, 3 limit ${limit}`;
}

function targetKey({ vulnerability, packageKey, scopeKey }: Pick<TriageTarget, 'vulnerability' | 'packageKey' | 'scopeKey'>): string {
  return JSON.stringify([vulnerability, packageKey, scopeKey].map(storableText));
}

/** Why a target keeps the decision that was made there earlier; undefined where the new one takes its place. */
function keptBecause(earlier: TriageDecisionRecord | undefined, target: TriageTarget, input: TriageInput, now: Date): TriageKept | undefined {
  if (earlier === undefined || (earlier.expiresAt !== undefined && earlier.expiresAt <= now) || (earlier.reopenWhenFixed && !earlier.hadFix && target.hadFix)) return undefined;
  if (input.keepSince !== undefined && earlier.createdAt > input.keepSince && earlier.author !== input.author) return 'since';
  const same =
    earlier.state === input.state &&
    earlier.justification === input.justification &&
    earlier.reason === storableText(input.reason) &&
    earlier.author === storableText(input.author) &&
    earlier.expiresAt?.getTime() === input.expiresAt?.getTime() &&
    earlier.reopenWhenFixed === input.reopenWhenFixed;
  if (same) return 'same';
  return input.keepEarlier === true ? 'earlier' : undefined;
}

function isOneOf(targets: readonly TriageTarget[]): SQL {
  const column = (value: (target: TriageTarget) => string): SQL => sql`${sql.param(targets.map((target) => storableText(value(target))))}::text[]`;
  return sql`(${triageDecisions.vulnerability}, ${triageDecisions.packageKey}, ${triageDecisions.scopeKey}) in (
    select * from unnest(${column((target) => target.vulnerability)}, ${column((target) => target.packageKey)}, ${column((target) => target.scopeKey)}))`;
}
