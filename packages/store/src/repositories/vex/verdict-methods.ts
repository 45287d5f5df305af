import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { VexRepository } from '../../contract/vex-repository.js';
import type { FindingVexChange } from '../../finding-records.js';
import { isId } from '../../ids.js';
import { components, contents } from '../../schema/content-tables.js';
import { findingDetails, findingEvents, findings, matchings } from '../../schema/finding-tables.js';
import { scans, trackedImages } from '../../schema/image-tables.js';
import { vexApplications, vexDocuments, vexGenerations, vexIdentifiers, vexStatements, vexTrusts, vexVerdicts } from '../../schema/vex-tables.js';
import { storableText } from '../../storable-text.js';
import type { Executor, StoreContext } from '../../store-context.js';
import type { VexCandidate, VexStatementInput, VexTarget, VexVerdictInput, VexVerdictRecord } from '../../vex-records.js';
import { withoutNulls } from '../../without-nulls.js';
import { toDocument } from './write-document.js';

type VerdictMethods = Pick<VexRepository, 'verdictsOf' | 'countBehind' | 'behind' | 'candidates' | 'readStatements' | 'apply'>;

const rowsPerStatement = 500;

/** Images with a match whose verdicts were made with another content, match or generation of documents. */
const imagesBehind = sql`
  ${vexGenerations} as g
  join ${trackedImages} as i on i.organization_id = g.organization_id
  join ${matchings} as m on m.content_id = i.content_id
  left join ${vexApplications} as a on a.image_id = i.id
  where (a.image_id is null or a.content_id <> i.content_id or a.matched_at <> m.matched_at or a.generation <> g.generation)`;

export function verdictMethods({ database, clock }: StoreContext): VerdictMethods {
  return {
    async verdictsOf(organizationId, of) {
      const found = await database
        .select({ verdict: vexVerdicts, document: { name: vexDocuments.name, source: vexDocuments.source, author: vexDocuments.author } })
        .from(vexVerdicts)
        .innerJoin(vexDocuments, eq(vexDocuments.id, vexVerdicts.documentId))
        .where(and(eq(vexVerdicts.organizationId, organizationId), sql`(${vexVerdicts.imageId}, ${vexVerdicts.position}, ${vexVerdicts.vulnerability}) in (select * from ${asked(of)})`))
        .orderBy(vexVerdicts.rank);
      const deciding = new Map<string, VexVerdictRecord>();
      for (const { verdict, document } of found) {
        const key = keyOf(verdict);
        if (deciding.has(key)) continue;
        const { status, justification, documentId, detail } = verdict;
        deciding.set(key, { ...detail, status, documentId, documentName: document.name, source: document.source, author: document.author, ...(justification !== null && { justification }) });
      }
      return of.map((each) => deciding.get(keyOf({ ...each, vulnerability: storableText(each.vulnerability) })));
    },

    async countBehind(organizationId) {
      const { rows } = await database.execute(sql`select count(*)::int as count from ${imagesBehind} and g.organization_id = ${organizationId}`);
      return Number(rows[0]?.['count'] ?? 0);
    },

    async behind(limit, of) {
      const { rows } = await database.execute(sql`
        select i.organization_id, i.id as image_id, i.content_id, i.name, i.tag, i.pinned_digest, i.registry_digest, c.digest, i.matched_at, i.generation
        from (
          select i.organization_id, i.id, i.content_id, i.name, i.tag, i.pinned_digest, m.matched_at, g.generation,
            case when exists (select from ${scans} as s where s.tracked_image_id = i.id and s.active) then null else i.registry_digest end as registry_digest
          from ${imagesBehind} ${of === undefined ? sql`` : sql`and i.id = ${isId(of.imageId) ? of.imageId : ''}`} order by i.id limit ${limit}) as i
        join ${contents} as c on c.id = i.content_id
        order by i.id`);
      return (rows as unknown as TargetRow[]).map((row) => ({
        organizationId: row.organization_id,
        imageId: row.image_id,
        contentId: row.content_id,
        name: row.name,
        ...(row.tag !== '' && { tag: row.tag }),
        digests: [...new Set([row.digest, row.pinned_digest, row.registry_digest].filter((digest) => digest !== null))],
        matchedAt: new Date(row.matched_at),
        generation: Number(row.generation),
      }));
    },

    async candidates(targets) {
      const { rows } = await database.execute(sql`
        select distinct i.id as image_id, f.position, f.vulnerability, f.package_key, component.id as component_id, detail.identifiers, named.document_id, named.position as statement
        from ${trackedImages} as i
        join ${findings} as f on f.content_id = i.content_id
        join ${findingDetails} as detail on detail.organization_id = f.organization_id and detail.fingerprint = f.fingerprint
        cross join lateral unnest(detail.identifiers) as own (identifier)
        join ${vexIdentifiers} as named on named.organization_id = i.organization_id and named.identifier = upper(own.identifier)
        join ${vexDocuments} as d on d.id = named.document_id
        join ${components} as component on component.content_id = f.content_id and component.position = f.position
        where (i.id, i.content_id) in (select * from unnest(${textColumn(targets, (each) => each.imageId)}, ${textColumn(targets, (each) => each.contentId)}))
          and (d.image_id is null or d.image_id = i.id and d.content_id = i.content_id and exists (select from ${vexTrusts} as t where t.connection_id = i.connection_id))
        order by 1, 2, 3, 7, 8`);
      return (rows as unknown as CandidateRow[]).map(
        (row): VexCandidate => ({
          imageId: row.image_id,
          position: row.position,
          vulnerability: row.vulnerability,
          packageKey: row.package_key,
          componentId: row.component_id,
          identifiers: row.identifiers,
          documentId: row.document_id,
          statement: row.statement,
        }),
      );
    },

    async readStatements(of) {
      const ids = [...new Set(of.map(({ documentId }) => documentId))].filter(isId);
      const documents = await database.select().from(vexDocuments).where(inArray(vexDocuments.id, ids));
      const statements = new Map<string, Map<number, VexStatementInput>>();
      for (let start = 0; start < of.length; start += rowsPerStatement) {
        const some = of.slice(start, start + rowsPerStatement);
        const rows = await database
          .select()
          .from(vexStatements)
          .where(sql`(${vexStatements.documentId}, ${vexStatements.position}) in (select * from unnest(${textColumn(some, (each) => each.documentId)}, ${sql.param(some.map(({ statement }) => statement))}::int[]))`);
        for (const { documentId, position, organizationId: _, statedAt, ...row } of rows) {
          const known = statements.get(documentId) ?? new Map<number, VexStatementInput>();
          statements.set(documentId, known.set(position, withoutNulls({ ...row, timestamp: statedAt })));
        }
      }
      return documents.map((row) => ({ document: toDocument(row), statements: statements.get(row.id) ?? new Map<number, VexStatementInput>() }));
    },

    apply: (applied) =>
      database.transaction(async (transaction) => {
        const there = await transaction
          .select({ id: trackedImages.id })
          .from(trackedImages)
          .where(sql`(${trackedImages.organizationId}, ${trackedImages.id}) in (select * from unnest(${textColumn(applied, ({ target }) => target.organizationId)}, ${textColumn(applied, ({ target }) => target.imageId)}))`)
          .orderBy(trackedImages.id)
          .for('key share');
        const known = new Map(applied.map((each) => [each.target.imageId, each]));
        const own = there.flatMap(({ id }) => known.get(id) ?? []);
        if (own.length === 0) return;
        const imageIds = own.map(({ target }) => target.imageId);
        // Two that apply to the same images at once wait for one another here: the images are in one order.
        const { contentId, matchedAt, generation } = vexApplications;
        await transaction
          .insert(vexApplications)
          .values(own.map(({ target: { organizationId, imageId, ...target } }) => ({ imageId, organizationId, contentId: target.contentId, matchedAt: target.matchedAt, generation: target.generation })))
          .onConflictDoUpdate({
            target: vexApplications.imageId,
            set: Object.fromEntries(Object.entries({ organizationId: vexApplications.organizationId, contentId, matchedAt, generation }).map(([name, column]) => [name, sql`excluded.${sql.identifier(column.name)}`])),
          });
        const before = await saidOf(transaction, imageIds);
        await transaction.delete(vexVerdicts).where(inArray(vexVerdicts.imageId, imageIds));
        const rows = own.flatMap(({ target, verdicts }) => verdicts.map((verdict) => ({ ...verdict, target })));
        for (let start = 0; start < rows.length; start += rowsPerStatement) await transaction.execute(insertVerdicts(rows.slice(start, start + rowsPerStatement)));
        const after = await saidOf(transaction, imageIds);
        await recordChanges(transaction, own.map(({ target }) => target), before, after, clock.now());
      }),
  };
}

/** What decides findings of images, by image, vulnerability and package: what outlives another content. */
type Said = ReadonlyMap<string, ReadonlyMap<string, FindingVexChange>>;

async function saidOf(executor: Executor, imageIds: readonly string[]): Promise<Said> {
  const rows = await executor
    .select({ imageId: vexVerdicts.imageId, vulnerability: vexVerdicts.vulnerability, packageKey: vexVerdicts.packageKey, status: vexVerdicts.status, document: vexDocuments.name, author: vexDocuments.author })
    .from(vexVerdicts)
    .innerJoin(vexDocuments, eq(vexDocuments.id, vexVerdicts.documentId))
    .where(inArray(vexVerdicts.imageId, [...imageIds]))
    .orderBy(vexVerdicts.rank, vexVerdicts.position);
  const said = new Map<string, Map<string, FindingVexChange>>();
  for (const { imageId, vulnerability, packageKey, ...rest } of rows) {
    const own = said.get(imageId) ?? new Map<string, FindingVexChange>();
    said.set(imageId, own);
    const key = JSON.stringify([vulnerability, packageKey]);
    if (!own.has(key)) own.set(key, rest);
  }
  return said;
}

async function recordChanges(executor: Executor, targets: readonly VexTarget[], before: Said, after: Said, at: Date): Promise<void> {
  const changed = targets.flatMap((target) => {
    const [was, is] = [before.get(target.imageId), after.get(target.imageId)];
    return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].flatMap((key) => {
      const change = [was?.get(key) ?? null, is?.get(key) ?? null] as const;
      const [vulnerability, packageKey] = JSON.parse(key) as [string, string];
      return JSON.stringify(change[0]) === JSON.stringify(change[1]) ? [] : [{ target, vulnerability, packageKey, changes: JSON.stringify({ vex: change }) }];
    });
  });
  for (let start = 0; start < changed.length; start += rowsPerStatement) {
    const some = changed.slice(start, start + rowsPerStatement);
    await executor.execute(sql`
      insert into ${findingEvents} (organization_id, image_id, kind, cause, at, vulnerability, package_key, package_name, package_version, severity, fix_version, changes)
      select distinct on (row.image_id, f.vulnerability, f.package_key) row.organization_id, row.image_id, 'changed', 'vex', ${at.toISOString()}::timestamptz,
        f.vulnerability, f.package_key, f.package_name, f.package_version, f.severity, f.fix_version, row.changes::jsonb
      from unnest(${textColumn(some, ({ target }) => target.organizationId)}, ${textColumn(some, ({ target }) => target.imageId)}, ${textColumn(some, ({ target }) => target.contentId)},
        ${textColumn(some, (each) => each.vulnerability)}, ${textColumn(some, (each) => each.packageKey)}, ${textColumn(some, (each) => each.changes)})
        as row (organization_id, image_id, content_id, vulnerability, package_key, changes)
      join ${findings} as f on f.content_id = row.content_id and f.vulnerability = row.vulnerability and f.package_key = row.package_key
      order by row.image_id, f.vulnerability, f.package_key, f.position`);
  }
}

/** Verdicts of documents that are still there; one that went meanwhile has raised the generation, and the image is looked at again. */
function insertVerdicts(verdicts: readonly (VexVerdictInput & { readonly target: VexTarget })[]): SQL {
  const numbers = (value: (verdict: VexVerdictInput) => number): SQL => sql`${sql.param(verdicts.map(value))}::int[]`;
  return sql`
    insert into ${vexVerdicts} (image_id, organization_id, content_id, position, vulnerability, package_key, rank, document_id, statement, status, justification, detail)
    select row.image_id, row.organization_id, row.content_id, row.position, row.vulnerability, row.package_key, row.rank, row.document_id, row.statement, row.status, row.justification, row.detail::jsonb
    from unnest(${numbers((each) => each.position)}, ${textColumn(verdicts, (each) => each.vulnerability)}, ${textColumn(verdicts, (each) => each.packageKey)}, ${numbers((each) => each.rank)},
      ${textColumn(verdicts, (each) => each.documentId)}, ${numbers((each) => each.statement)}, ${textColumn(verdicts, (each) => each.status)},
      ${textColumn(verdicts, (each) => each.justification)}, ${textColumn(verdicts, (each) => JSON.stringify(each.detail))},
      ${textColumn(verdicts, ({ target }) => target.imageId)}, ${textColumn(verdicts, ({ target }) => target.organizationId)}, ${textColumn(verdicts, ({ target }) => target.contentId)})
      as row (position, vulnerability, package_key, rank, document_id, statement, status, justification, detail, image_id, organization_id, content_id)
    where exists (select from ${vexDocuments} as d where d.id = row.document_id)
    on conflict do nothing`;
}

function textColumn<Item>(items: readonly Item[], value: (item: Item) => string | undefined): SQL {
  return sql`${sql.param(items.map((item) => storedText(value(item))))}::text[]`;
}

function storedText(text: string | undefined): string | null {
  return text === undefined ? null : storableText(text);
}

type Asked = readonly { readonly imageId: string; readonly position: number; readonly vulnerability: string }[];

function asked(of: Asked): SQL {
  return sql`unnest(${textColumn(of, (each) => each.imageId)}, ${sql.param(of.map(({ position }) => position))}::int[], ${textColumn(of, (each) => each.vulnerability)})`;
}

function keyOf({ imageId, contentId, position, vulnerability }: Asked[number] & { readonly contentId: string }): string {
  return JSON.stringify([imageId, contentId, position, vulnerability]);
}

interface TargetRow {
  readonly organization_id: string;
  readonly image_id: string;
  readonly content_id: string;
  readonly name: string;
  readonly tag: string;
  readonly pinned_digest: string | null;
  /** Absent while a scan is to tell whether the content is still that. */
  readonly registry_digest: string | null;
  readonly digest: string;
  readonly matched_at: string | Date;
  readonly generation: string;
}

interface CandidateRow {
  readonly image_id: string;
  readonly position: number;
  readonly vulnerability: string;
  readonly package_key: string;
  readonly component_id: string;
  readonly identifiers: readonly string[];
  readonly document_id: string;
  readonly statement: number;
}
