import { sql, type SQL } from 'drizzle-orm';
import type { VexRepository } from '../../contract/vex-repository.js';
import { isId } from '../../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../../page-cursor.js';
import { findings } from '../../schema/finding-tables.js';
import { trackedImages } from '../../schema/image-tables.js';
import { vexDocuments, vexStatements, vexVerdicts } from '../../schema/vex-tables.js';
import type { StoreContext } from '../../store-context.js';
import type { VexDocumentEffect, VexEffect, VexStatus } from '../../vex-records.js';
import { withoutNulls } from '../../without-nulls.js';
import { countingDecision } from '../counting-decision.js';
import { planForWholeTables } from '../plan-for-whole-tables.js';
import { decidingVerdict, hidingStatuses } from './deciding-verdict.js';

type EffectMethods = Pick<VexRepository, 'effects' | 'statements' | 'hiddenOf'>;

const cursor = pageCursor('vex statements', [keyPart.number]);

interface EffectRow {
  readonly findings: number;
  readonly images: number;
  readonly hidden: number;
  readonly overruled: number;
}

interface StatementRow extends EffectRow {
  readonly position: number;
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  readonly status: VexStatus;
  readonly justification: string | null;
  readonly impact: string | null;
  readonly action: string | null;
  readonly notes: string | null;
  readonly stated_at: string;
  readonly products: readonly unknown[];
}

export function effectMethods(context: StoreContext): EffectMethods {
  const { clock } = context;
  const read = async (statement: SQL) => (await planForWholeTables(context, (transaction) => transaction.execute(statement))).rows;

  /**
   * Verdicts `v` of documents with their finding `f` and image `i`: whether each decides, what the next one says, and whether a
   * person decided.
   */
  const judged = (which: SQL): SQL => sql`
    select v.document_id, v.statement, i.id as image_id, v.status,
      not exists (select from ${vexVerdicts} as first where first.image_id = v.image_id and first.position = v.position and first.vulnerability = v.vulnerability and first.rank < v.rank) as decides,
      (select next.status from ${vexVerdicts} as next where next.image_id = v.image_id and next.position = v.position and next.vulnerability = v.vulnerability
        and next.rank > v.rank and next.document_id <> v.document_id order by next.rank limit 1) as next_status,
      ${countingDecision('id', clock.now())} is not null as by_person
    from ${vexVerdicts} as v
    join ${trackedImages} as i on i.id = v.image_id and i.content_id = v.content_id
    join ${findings} as f on f.content_id = v.content_id and f.position = v.position and f.vulnerability = v.vulnerability
    where not f.hidden and ${which}`;
  const counts = sql`
    (count(*) filter (where decides))::int as findings, (count(distinct image_id) filter (where decides))::int as images,
    (count(*) filter (where decides and not by_person and status in ${hidingStatuses}))::int as hidden, (count(*) filter (where not decides))::int as overruled`;

  return {
    async effects(organizationId, ids) {
      const asked = ids.filter(isId);
      if (asked.length === 0) return new Map();
      const wanted = sql`v.organization_id = ${organizationId} and v.document_id = any(${sql.param(asked)}::text[])`;
      const rows = await read(sql`
        select d.id, coalesce(c.findings, 0) as findings, coalesce(c.images, 0) as images, coalesce(c.hidden, 0) as hidden, coalesce(c.overruled, 0) as overruled, coalesce(c.reopens, 0) as reopens,
          d.statement_count - coalesce(c.heard, 0) as silent
        from ${vexDocuments} as d
        left join (
          select document_id, ${counts}, count(distinct statement)::int as heard,
            (count(*) filter (where decides and not by_person and status in ${hidingStatuses} and coalesce(next_status, '') not in ${hidingStatuses}))::int as reopens
          from (${judged(wanted)}) as judged group by document_id) as c on c.document_id = d.id
        where d.organization_id = ${organizationId} and d.id = any(${sql.param(asked)}::text[])`);
      return new Map(
        (rows as unknown as (EffectRow & { readonly id: string; readonly reopens: number; readonly silent: number })[]).map((row): [string, VexDocumentEffect] => [
          row.id,
          { ...effect(row), reopens: row.reopens, silentStatements: row.silent },
        ]),
      );
    },

    async statements(organizationId, id, { silent }, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const documentId = isId(id) ? id : '';
      const rows = await read(sql`
        with effects as (select statement, ${counts} from (${judged(sql`v.organization_id = ${organizationId} and v.document_id = ${documentId}`)}) as judged group by statement)
        select s.*, coalesce(c.findings, 0) as findings, coalesce(c.images, 0) as images, coalesce(c.hidden, 0) as hidden, coalesce(c.overruled, 0) as overruled
        from ${vexStatements} as s left join effects as c on c.statement = s.position
        where s.organization_id = ${organizationId} and s.document_id = ${documentId}
          ${silent === undefined ? sql`` : silent ? sql`and c.statement is null` : sql`and c.statement is not null`}
          ${after === undefined ? sql`` : sql`and s.position > ${after[0]}::int`}
        order by s.position limit ${rowLimit(page)}`);
      return toPage(
        rows as unknown as StatementRow[],
        page,
        (row) =>
          withoutNulls({
            position: row.position,
            vulnerability: row.vulnerability,
            aliases: row.aliases,
            status: row.status,
            justification: row.justification,
            impact: row.impact,
            action: row.action,
            notes: row.notes,
            timestamp: row.stated_at,
            products: row.products,
            effect: effect(row),
          }),
        (row) => cursor.write([row.position]),
      );
    },

    async hiddenOf(organizationId, imageIds) {
      const rows = await read(sql`
        select i.id, count(*)::int as count
        from ${trackedImages} as i join ${findings} as f on f.content_id = i.content_id
        where i.organization_id = ${organizationId} and i.id = any(${sql.param(imageIds.filter(isId))}::text[]) and not f.hidden
          and exists (select from ${vexVerdicts} as any_verdict where any_verdict.image_id = i.id and any_verdict.content_id = f.content_id and any_verdict.position = f.position and any_verdict.vulnerability = f.vulnerability)
          and ${decidingVerdict('status')} in ${hidingStatuses} and ${countingDecision('id', clock.now())} is null
        group by i.id`);
      return new Map((rows as unknown as { id: string; count: number }[]).map(({ id, count }) => [id, count]));
    },
  };
}

function effect({ findings: decided, images, hidden, overruled }: EffectRow): VexEffect {
  return { findings: decided, images, hidden, overruled };
}
