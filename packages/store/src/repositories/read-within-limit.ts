import { sql, type SQL } from 'drizzle-orm';
import pg from 'pg';
import { StoreError } from '../errors.js';
import type { Executor, StoreContext } from '../store-context.js';

/** `query_canceled`, <https://www.postgresql.org/docs/current/errcodes-appendix.html>. */
const queryCanceled = '57014';

/**
 * Runs statements that only read, in a transaction that sees one state of the database. One that takes longer than an answer may is ended by the database
 * itself, which would go on otherwise when nobody waits any more; the embedded database has no clock for that. `settings` hold for the transaction.
 * @throws StoreError `read-too-long`
 */
export async function readWithinLimit<Result>({ database, readLimitMs }: Pick<StoreContext, 'database' | 'readLimitMs'>, run: (transaction: Executor) => Promise<Result>, settings: readonly SQL[] = []): Promise<Result> {
  try {
    return await database.transaction(
      async (transaction) => {
        await transaction.execute(sql`select ${sql.join([sql`set_config('statement_timeout', ${String(readLimitMs)}, true)`, ...settings], sql`, `)}`);
        return run(transaction);
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    );
  } catch (error) {
    if (!wasEnded(error)) throw error;
    throw new StoreError({ code: 'read-too-long', message: `The database took longer than ${readLimitMs / 1000} seconds for this list and was stopped.`, remedy: 'Narrow the filter, and ask again.', cause: error });
  }
}

function wasEnded(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof pg.DatabaseError && each.code === queryCanceled) return true;
  return false;
}
