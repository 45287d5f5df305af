import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { SecretsVault } from './vault/secrets-vault.js';

export type StoreDatabase = NodePgDatabase;

/** The database, or a transaction on it. */
export type Executor = Pick<StoreDatabase, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

/** What every repository is made of. */
export interface StoreContext {
  readonly database: StoreDatabase;
  readonly vault: SecretsVault;
  readonly clock: { now(): Date };
  /** How long one statement that answers a read may take before the database ends it. */
  readonly readLimitMs: number;
}
