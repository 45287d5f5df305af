import { asc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { AdvisorySourceRecord } from '../advisory-records.js';
import { advisorySources } from '../schema/advisory-tables.js';
import { components } from '../schema/content-tables.js';
import { matchings } from '../schema/finding-tables.js';
import { storableText } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { AdvisorySourceRepository } from '../contract/advisory-source-repository.js';
import { withoutNulls } from '../without-nulls.js';
import { textArray } from './array-parameters.js';

function toSource(row: typeof advisorySources.$inferSelect): AdvisorySourceRecord {
  return withoutNulls(row);
}

export function createAdvisorySourceRepository({ database, clock }: StoreContext): AdvisorySourceRepository {
  return {
    async want(names) {
      if (names.length === 0) return [];
      const now = clock.now();
      const rows = await database
        .insert(advisorySources)
        .values(names.map((name) => ({ name: storableText(name), state: 'wanted' as const, feeds: [], failures: 0, wantedAt: now, nextAttemptAt: now })))
        .onConflictDoNothing()
        .returning({ name: advisorySources.name });
      return rows.map((row) => row.name);
    },

    list: async () => (await database.select().from(advisorySources).orderBy(asc(advisorySources.name))).map(toSource),

    due: async () =>
      (await database.select().from(advisorySources).where(lte(advisorySources.nextAttemptAt, clock.now())).orderBy(asc(advisorySources.wantedAt), asc(advisorySources.name))).map(toSource),

    async packageNames(distribution, ecosystems) {
      const { rows } = await database.execute(sql`
        select distinct held.name from ${matchings} as m
          join ${components} as c on c.content_id = m.content_id and c.ecosystem = any(${textArray(ecosystems)}),
          unnest(array[c.name, c.source_name]) as held(name)
        where m.distribution ->> 'id' = ${distribution} and held.name is not null`);
      return rows.map((row) => String(row['name']));
    },

    async requestNow(names) {
      const rows = await database
        .update(advisorySources)
        .set({ nextAttemptAt: clock.now() })
        .where(names === undefined ? sql`true` : inArray(advisorySources.name, names.map(storableText)))
        .returning({ name: advisorySources.name });
      return rows.map((row) => row.name);
    },

    async recordProgress(name, progress) {
      await database.update(advisorySources).set({ state: 'fetching', progress }).where(eq(advisorySources.name, name));
    },

    async recordSuccess(name, { feeds, nextAttemptAt, checkedAt = clock.now() }) {
      await database
        .update(advisorySources)
        .set({ state: 'ready', progress: null, feeds, failure: null, failures: 0, checkedAt, nextAttemptAt })
        .where(eq(advisorySources.name, name));
    },

    async recordFailure(name, { failure, feeds, nextAttemptAt }) {
      await database
        .update(advisorySources)
        .set({ state: 'failed', progress: null, ...(feeds === undefined ? {} : { feeds }), failure, failures: sql`${advisorySources.failures} + 1`, nextAttemptAt })
        .where(eq(advisorySources.name, name));
    },
  };
}
