import { and, asc, count, eq, ne, sql } from 'drizzle-orm';
import { StoreError } from '../errors.js';
import { createId, isId } from '../ids.js';
import type { SavedViewRecord } from '../records.js';
import { savedViews } from '../schema/saved-view-tables.js';
import { storableText } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { SavedViewRepository } from '../contract/saved-view-repository.js';
import { withoutColumns } from '../without-columns.js';

const maximumViews = 200;

function toSavedView(row: typeof savedViews.$inferSelect): SavedViewRecord {
  return withoutColumns(row, 'nameKey');
}

export function createSavedViewRepository({ database, clock }: StoreContext): SavedViewRepository {
  return {
    async list(organizationId) {
      const rows = await database.select().from(savedViews).where(eq(savedViews.organizationId, organizationId)).orderBy(asc(savedViews.nameKey), asc(savedViews.id));
      return rows.map(toSavedView);
    },

    async save({ organizationId, createdBy, page, name, query }) {
      const nameKey = storableText(name).toLocaleLowerCase('en');
      const [others] = await database
        .select({ count: count() })
        .from(savedViews)
        .where(and(eq(savedViews.organizationId, organizationId), ne(savedViews.nameKey, nameKey)));
      if ((others?.count ?? 0) >= maximumViews) {
        throw new StoreError({ code: 'too-many-views', message: `There are ${maximumViews} saved views already.`, remedy: 'Delete one that nobody uses.' });
      }
      const [row] = await database
        .insert(savedViews)
        .values({ id: createId('viw'), organizationId, createdBy, page: storableText(page), name: storableText(name), nameKey, query: storableText(query), createdAt: clock.now() })
        .onConflictDoUpdate({
          target: [savedViews.organizationId, savedViews.page, savedViews.nameKey],
          set: { name: sql`excluded.name`, query: sql`excluded.query` },
        })
        .returning();
      if (row === undefined) throw new Error('The database gave no row for a saved view.');
      return toSavedView(row);
    },

    async delete(organizationId, id) {
      if (!isId(id)) return false;
      const rows = await database
        .delete(savedViews)
        .where(and(eq(savedViews.organizationId, organizationId), eq(savedViews.id, id)))
        .returning({ id: savedViews.id });
      return rows.length > 0;
    },
  };
}
