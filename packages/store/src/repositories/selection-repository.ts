import { and, asc, count, eq, isNull } from 'drizzle-orm';
import { NotFoundError } from '../errors.js';
import { createId, isId } from '../ids.js';
import { connections } from '../schema/connection-tables.js';
import { trackedImages } from '../schema/image-tables.js';
import { connectionWatches, selections } from '../schema/watch-tables.js';
import type { Executor, StoreContext } from '../store-context.js';
import type { SelectionRepository } from '../contract/selection-repository.js';
import type { SelectionInput, SelectionRecord } from '../watch-records.js';
import { withoutColumns } from '../without-columns.js';

export function createSelectionRepository({ database, clock }: StoreContext): SelectionRepository {
  return {
    list: (organizationId, connectionId) => readSelections(database, organizationId, connectionId),

    async replace(organizationId, connectionId, wanted, by) {
      return await database.transaction(async (transaction) => {
        // Locked, so that two replacements do not mix.
        const [connection] = await transaction
          .select({ id: connections.id })
          .from(connections)
          .where(and(eq(connections.organizationId, organizationId), eq(connections.id, isId(connectionId) ? connectionId : '')))
          .for('update');
        if (connection === undefined) throw new NotFoundError('connection');
        const earlier = new Map((await readSelections(transaction, organizationId, connectionId)).map((selection) => [selection.id, selection]));
        await transaction.delete(selections).where(eq(selections.connectionId, connectionId));
        await writeSelections(transaction, { organizationId, connectionId, createdAt: clock.now(), createdBy: by }, wanted, earlier);
        await transaction
          .update(connectionWatches)
          .set({ requestedAt: clock.now(), cursor: null })
          .where(eq(connectionWatches.connectionId, connectionId));
        return await readSelections(transaction, organizationId, connectionId);
      });
    },

    async countImages(organizationId, connectionId) {
      const rows = await database
        .select({ ruleId: trackedImages.ruleId, count: count() })
        .from(trackedImages)
        .where(and(eq(trackedImages.organizationId, organizationId), eq(trackedImages.connectionId, isId(connectionId) ? connectionId : ''), isNull(trackedImages.releasedAt)))
        .groupBy(trackedImages.ruleId);
      return new Map(rows.flatMap((row) => (row.ruleId === null ? [] : [[row.ruleId, row.count] as const])));
    },
  };
}

/** Writes selections in their order; one with the id of an earlier one keeps it, and when and by whom it was made. */
export async function writeSelections(
  executor: Executor,
  common: Pick<SelectionRecord, 'organizationId' | 'connectionId' | 'createdAt' | 'createdBy'>,
  wanted: readonly SelectionInput[],
  earlier: ReadonlyMap<string, SelectionRecord> = new Map(),
): Promise<void> {
  if (wanted.length === 0) return;
  await executor.insert(selections).values(
    wanted.map(({ id, rule, naming, platforms }, position) => {
      const kept = earlier.get(id ?? '');
      return { ...common, ...(kept && { createdAt: kept.createdAt, createdBy: kept.createdBy }), id: kept?.id ?? createId('sel'), position, rule, naming, platforms };
    }),
  );
}

async function readSelections(executor: Executor, organizationId: string, connectionId: string): Promise<readonly SelectionRecord[]> {
  const rows = await executor
    .select()
    .from(selections)
    .where(and(eq(selections.organizationId, organizationId), eq(selections.connectionId, isId(connectionId) ? connectionId : '')))
    .orderBy(asc(selections.position));
  return rows.map((row) => withoutColumns(row, 'position'));
}
