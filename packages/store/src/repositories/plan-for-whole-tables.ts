import { sql } from 'drizzle-orm';
import type { Executor, StoreContext } from '../store-context.js';
import { readWithinLimit } from './read-within-limit.js';

/**
 * Reads within the limit of a read, by statements that go through whole tables: what they group may take more memory before it goes to files, and
 * nothing is compiled, which takes longer than it saves. `count(distinct …)` over many rows sorts them all, in one process; different things are counted
 * by grouping twice, and for the groups of a page alone, whose keys are given as values, by which the database can choose an index or several processes.
 */
export function planForWholeTables<Result>(context: Pick<StoreContext, 'database' | 'readLimitMs'>, run: (transaction: Executor) => Promise<Result>): Promise<Result> {
  return readWithinLimit(context, run, [sql`set_config('jit', 'off', true)`, sql`set_config('work_mem', '32MB', true)`]);
}

/** For the rest of a transaction: rows are grouped by hashing. The database cannot tell how few groups of groups there will be, and would sort them all, on disk. */
export async function groupByHashing(transaction: Executor): Promise<void> {
  await transaction.execute(sql`select set_config('enable_sort', 'off', true)`);
}
