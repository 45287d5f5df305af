import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { FindingDayRecord } from '../finding-day-records.js';
import { findingDays } from '../schema/finding-day-tables.js';
import type { StoreContext } from '../store-context.js';
import type { FindingDayRepository } from '../contract/finding-day-repository.js';
import { withoutColumns } from '../without-columns.js';

function toFindingDay(row: typeof findingDays.$inferSelect): FindingDayRecord {
  return withoutColumns(row, 'organizationId', 'recordedAt');
}

export function createFindingDayRepository({ database, clock }: StoreContext): FindingDayRepository {
  return {
    async list(organizationId, since) {
      const rows = await database
        .select()
        .from(findingDays)
        .where(and(eq(findingDays.organizationId, organizationId), gte(findingDays.day, since)))
        .orderBy(asc(findingDays.day));
      return rows.map(toFindingDay);
    },

    async record(organizationId, day) {
      const { critical, high, medium, low, exploited, imageCount } = day;
      const values = { critical, high, medium, low, exploited, imageCount, recordedAt: clock.now() };
      await database
        .insert(findingDays)
        .values({ organizationId, day: day.day, ...values })
        .onConflictDoUpdate({ target: [findingDays.organizationId, findingDays.day], set: values, setWhere: sql`${findingDays.recordedAt} <= excluded.recorded_at` });
    },
  };
}
