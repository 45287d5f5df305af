import { sql } from 'drizzle-orm';
import type { Executor, StoreDatabase } from '../store-context.js';

/**
 * Runs statements that read whole tables, in a transaction that sees one state of them: what they group may take more memory before it goes to files, and
 * nothing is compiled, which takes longer than it saves. `count(distinct …)` over many rows sorts them all, in one process; different things are counted
 * by grouping twice, and for the groups of a page alone, whose keys are given as values, by which the database can choose an index or several processes.
 */
export function planForWholeTables<Result>(database: StoreDatabase, run: (transaction: Executor) => Promise<Result>): Promise<Result> {
  return database.transaction(
    async (transaction) => {
      await transaction.execute(sql`select set_config('jit', 'off', true), set_config('work_mem', '32MB', true)`);
      return run(transaction);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
