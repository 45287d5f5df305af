import { eq, sql } from 'drizzle-orm';
import { type vexDocuments, vexGenerations, vexIdentifiers, vexStatements } from '../../schema/vex-tables.js';
import { storableJson, storableText } from '../../storable-text.js';
import type { Executor } from '../../store-context.js';
import type { VexDocumentContent, VexDocumentRecord, VexStatementInput } from '../../vex-records.js';
import { withoutColumns } from '../../without-columns.js';
import { withoutNulls } from '../../without-nulls.js';

const rowsPerStatement = 500;
const maximumProblems = 100;

export type DocumentRow = typeof vexDocuments.$inferSelect;

export function toDocument(row: DocumentRow): VexDocumentRecord {
  return withoutNulls(withoutColumns(row, 'organizationId', 'identity', 'contentId'));
}

/** The columns that are what a document says itself. */
export function contentColumns({ statements, ...content }: VexDocumentContent) {
  return {
    format: content.format,
    documentId: storableText(content.documentId),
    author: storableText(content.author),
    version: storableText(content.version),
    issued: storableText(content.issued),
    digest: content.digest,
    sizeBytes: content.sizeBytes,
    attachedTo: content.attachedTo.map(storableText),
    problems: content.problems.slice(0, maximumProblems).map(storableText),
    statementCount: statements.length,
  };
}

/** Writes the statements of a document in place of those it had. */
export async function writeStatements(executor: Executor, { id, organizationId }: Pick<DocumentRow, 'id' | 'organizationId'>, statements: readonly VexStatementInput[]): Promise<void> {
  await executor.delete(vexStatements).where(eq(vexStatements.documentId, id));
  await executor.delete(vexIdentifiers).where(eq(vexIdentifiers.documentId, id));
  for (let start = 0; start < statements.length; start += rowsPerStatement) {
    const some = statements.slice(start, start + rowsPerStatement);
    const column = (value: (statement: VexStatementInput) => string | undefined) => sql`${sql.param(some.map((statement) => stored(value(statement))))}::text[]`;
    await executor.execute(sql`
      insert into ${vexStatements} (document_id, position, organization_id, vulnerability, aliases, status, justification, impact, action, notes, stated_at, products)
      select ${id}, ${start}::int + row.place - 1, ${organizationId}, row.vulnerability, array(select jsonb_array_elements_text(row.aliases::jsonb)), row.status, row.justification,
        row.impact, row.action, row.notes, row.stated_at, row.products::jsonb
      from unnest(${column((each) => each.vulnerability)}, ${column((each) => storableJson(each.aliases))}, ${column((each) => each.status)}, ${column((each) => each.justification)},
        ${column((each) => each.impact)}, ${column((each) => each.action)}, ${column((each) => each.notes)}, ${column((each) => each.timestamp)}, ${column((each) => storableJson(each.products))})
        with ordinality as row (vulnerability, aliases, status, justification, impact, action, notes, stated_at, products, place)`);
    await executor.execute(sql`
      insert into ${vexIdentifiers} (organization_id, identifier, document_id, position)
      select ${organizationId}, upper(named.identifier), s.document_id, s.position
      from ${vexStatements} as s cross join lateral unnest(s.aliases || array[s.vulnerability::text]) as named (identifier)
      where s.document_id = ${id} and s.position >= ${start}::int and s.position < ${start + some.length}::int
      on conflict do nothing`);
  }
}

/** Notes that verdicts made so far are worth another look. */
export async function nextGeneration(executor: Executor, organizationId: string): Promise<void> {
  await executor
    .insert(vexGenerations)
    .values({ organizationId, generation: 1 })
    .onConflictDoUpdate({ target: vexGenerations.organizationId, set: { generation: sql`${vexGenerations.generation} + 1` } });
}

function stored(text: string | undefined): string | null {
  return text === undefined ? null : storableText(text);
}
