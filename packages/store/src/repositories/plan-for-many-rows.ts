import { sql } from 'drizzle-orm';
import type { Executor } from '../store-context.js';

/**
 * For the rest of a transaction: large tables are read through their keys, and nothing is compiled. Lists that come as parameters tell
 * the planner too little, so it reads whole tables, and compiles a plan for longer than the plan runs.
 */
export async function planForManyRows(transaction: Executor): Promise<void> {
  await transaction.execute(sql`select set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true), set_config('enable_mergejoin', 'off', true)`);
}
