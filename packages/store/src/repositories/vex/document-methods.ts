import { and, asc, desc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import type { VexRepository } from '../../contract/vex-repository.js';
import { createId, isId } from '../../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../../page-cursor.js';
import { organizations } from '../../schema/organization-tables.js';
import { vexDocuments } from '../../schema/vex-tables.js';
import { storableText } from '../../storable-text.js';
import type { Executor, StoreContext } from '../../store-context.js';
import type { VexDocumentContent, VexReplacedVersion } from '../../vex-records.js';
import { readWithinLimit } from '../read-within-limit.js';
import { recordGoing } from './record-going.js';
import { contentColumns, nextGeneration, toDocument, writeStatements, type DocumentRow } from './write-document.js';

type DocumentMethods = Pick<VexRepository, 'put' | 'find' | 'findMany' | 'list' | 'delete' | 'dueAddresses' | 'recordCheck' | 'replaceFromAddress'>;

const cursor = pageCursor('vex documents', [keyPart.time, keyPart.text]);
const versionsKept = 20;

export function documentMethods(context: StoreContext): DocumentMethods {
  const { database, clock } = context;
  const own = (organizationId: string, id: string) => and(eq(vexDocuments.organizationId, organizationId), eq(vexDocuments.id, isId(id) ? id : ''));

  return {
    put: (organizationId, input) =>
      database.transaction(async (transaction) => {
        // One at a time, so that two that bring the same document at once replace one another in some order.
        await transaction.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, organizationId)).for('update');
        const identity = storableText(input.identity);
        const now = clock.now();
        const check = { ...(input.source === 'address' && { checkedAt: now }), nextCheckAt: input.nextCheckAt ?? null, entityTag: input.validators?.entityTag ?? null, lastModified: input.validators?.lastModified ?? null };
        const [known] = await transaction
          .select()
          .from(vexDocuments)
          .where(and(eq(vexDocuments.organizationId, organizationId), eq(vexDocuments.source, input.source), eq(vexDocuments.identity, identity)))
          .for('update');
        if (known !== undefined) {
          const outcome = known.digest === input.digest ? ('unchanged' as const) : ('replaced' as const);
          const row = await change(transaction, known, input, now, { ...check, name: storableText(input.name), location: storableText(input.location), failure: null, failures: 0 });
          return { document: toDocument(row), outcome };
        }
        const [row] = await transaction
          .insert(vexDocuments)
          .values({
            id: createId('vex'),
            organizationId,
            source: input.source,
            identity,
            name: storableText(input.name),
            location: storableText(input.location),
            ...contentColumns(input),
            replaced: [],
            addedBy: storableText(input.addedBy),
            addedAt: now,
            changedAt: now,
            ...check,
            failures: 0,
          })
          .returning();
        if (row === undefined) throw new Error('The database gave no row for a document.');
        await writeStatements(transaction, row, input.statements);
        await nextGeneration(transaction, organizationId);
        return { document: toDocument(row), outcome: 'added' as const };
      }),

    async find(organizationId, id) {
      const [row] = await database.select().from(vexDocuments).where(own(organizationId, id));
      return row === undefined ? undefined : toDocument(row);
    },

    async findMany(organizationId, ids) {
      const rows = await database.select().from(vexDocuments).where(and(eq(vexDocuments.organizationId, organizationId), inArray(vexDocuments.id, ids.filter(isId))));
      return rows.map(toDocument);
    },

    async list(organizationId, { sources, imageId }, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const limit = rowLimit(page);
      const rows = await readWithinLimit(context, (transaction) =>
        transaction
          .select()
          .from(vexDocuments)
          .where(
            and(
              eq(vexDocuments.organizationId, organizationId),
              sources && inArray(vexDocuments.source, [...sources]),
              imageId === undefined ? undefined : eq(vexDocuments.imageId, isId(imageId) ? imageId : ''),
              after && sql`(${vexDocuments.changedAt}, ${vexDocuments.id}) < (${new Date(after[0]).toISOString()}::timestamptz, ${after[1]})`,
            ),
          )
          .orderBy(desc(vexDocuments.changedAt), desc(vexDocuments.id))
          .limit(limit),
      );
      return toPage(rows, page, toDocument, (row) => cursor.write([row.changedAt.getTime(), row.id]));
    },

    delete: (organizationId, id) =>
      database.transaction(async (transaction) => {
        const [row] = await transaction.select().from(vexDocuments).where(own(organizationId, id)).for('update');
        if (row === undefined) return false;
        await recordGoing(transaction, row, clock.now());
        await transaction.delete(vexDocuments).where(eq(vexDocuments.id, row.id));
        await nextGeneration(transaction, organizationId);
        return true;
      }),

    async dueAddresses(limit) {
      const rows = await database
        .select()
        .from(vexDocuments)
        .where(and(isNotNull(vexDocuments.nextCheckAt), lte(vexDocuments.nextCheckAt, clock.now())))
        .orderBy(asc(vexDocuments.nextCheckAt), asc(vexDocuments.id))
        .limit(limit);
      return rows.map((row) => ({ ...toDocument(row), organizationId: row.organizationId }));
    },

    async recordCheck(id, { nextCheckAt, failure, validators }) {
      await database
        .update(vexDocuments)
        .set({
          nextCheckAt,
          checkedAt: clock.now(),
          failure: failure ?? null,
          failures: failure === undefined ? 0 : sql`${vexDocuments.failures} + 1`,
          ...(validators && { entityTag: validators.entityTag ?? null, lastModified: validators.lastModified ?? null }),
        })
        .where(eq(vexDocuments.id, isId(id) ? id : ''));
    },

    replaceFromAddress: (organizationId, id, content, { nextCheckAt, validators }) =>
      database.transaction(async (transaction) => {
        const [row] = await transaction.select().from(vexDocuments).where(own(organizationId, id)).for('update');
        if (row === undefined) return undefined;
        const now = clock.now();
        await change(transaction, row, content, now, { nextCheckAt, checkedAt: now, entityTag: validators.entityTag ?? null, lastModified: validators.lastModified ?? null, failure: null, failures: 0 });
        return row.digest === content.digest ? ('unchanged' as const) : ('replaced' as const);
      }),
  };
}

/** The row with what is said now; the version before goes on the list of replaced ones. */
async function change(executor: Executor, known: DocumentRow, content: VexDocumentContent, now: Date, also: Partial<typeof vexDocuments.$inferInsert>): Promise<DocumentRow> {
  const isSame = known.digest === content.digest;
  const earlier: VexReplacedVersion = { version: known.version, issued: known.issued, digest: known.digest, statementCount: known.statementCount, replacedAt: now.toISOString() };
  const [row] = await executor
    .update(vexDocuments)
    .set({ ...also, ...(isSame ? {} : { ...contentColumns(content), changedAt: now, replaced: [earlier, ...known.replaced].slice(0, versionsKept) }) })
    .where(eq(vexDocuments.id, known.id))
    .returning();
  if (row === undefined) throw new Error('The database gave no row for a document.');
  if (!isSame) {
    await writeStatements(executor, row, content.statements);
    await nextGeneration(executor, known.organizationId);
  }
  return row;
}
