import { and, eq, sql } from 'drizzle-orm';
import { leases } from '../schema/advisory-tables.js';
import type { StoreContext } from '../store-context.js';
import type { LeaseRepository } from '../contract/lease-repository.js';

export function createLeaseRepository({ database, clock }: StoreContext): LeaseRepository {
  return {
    async take(name, holder, durationMs) {
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + durationMs);
      const [row] = await database
        .insert(leases)
        .values({ name, holder, expiresAt })
        .onConflictDoUpdate({ target: leases.name, set: { holder, expiresAt }, setWhere: sql`${leases.holder} = ${holder} or ${leases.expiresAt} < ${now.toISOString()}::timestamptz` })
        .returning({ name: leases.name });
      return row !== undefined;
    },

    async release(name, holder) {
      await database.delete(leases).where(and(eq(leases.name, name), eq(leases.holder, holder)));
    },
  };
}
