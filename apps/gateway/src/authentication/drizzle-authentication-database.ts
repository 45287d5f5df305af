import { authenticationTables, type OpenStore } from '@esscm/store';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { sql } from 'drizzle-orm';
import type { AuthenticationAdapter, AuthenticationDatabase } from './authentication-database.js';

/** Any number that nothing else in the installation locks. */
const lockKey = 4_718_203_551;

/** Accounts in the tables of the store, over its own pool. */
export function drizzleAuthenticationDatabase(database: OpenStore['drizzle']): AuthenticationDatabase {
  const adapterOver = (executor: Pick<OpenStore['drizzle'], 'select' | 'insert' | 'update' | 'delete'>): AuthenticationAdapter =>
    drizzleAdapter(executor, { provider: 'pg', schema: authenticationTables, transaction: false });
  return {
    adapter: adapterOver(database),
    exclusively: (work) =>
      database.transaction(async (transaction) => {
        await transaction.execute(sql`select pg_advisory_xact_lock(${lockKey})`);
        return work(adapterOver(transaction));
      }),
  };
}
