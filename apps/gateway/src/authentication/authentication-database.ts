import type { BetterAuthOptions } from 'better-auth';

/** What better-auth keeps its users, accounts and sessions in. */
export type AuthenticationAdapter = NonNullable<BetterAuthOptions['database']>;

/** Where accounts are kept. */
export interface AuthenticationDatabase {
  readonly adapter: AuthenticationAdapter;
  /**
   * Runs `work` while no other process of the installation runs work of its own, in one transaction: whatever it
   * writes through the adapter given to it is kept only when it ends well.
   */
  exclusively<T>(work: (adapter: AuthenticationAdapter) => Promise<T>): Promise<T>;
}
