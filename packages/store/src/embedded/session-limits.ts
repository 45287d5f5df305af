/** Limits of the shared session. All times in milliseconds. */
export interface SessionLimits {
  /** A batch that waited this long for the session fails with SQLSTATE 55P03. */
  readonly lockTimeoutMs: number;
  /** A transaction without a statement for this long is rolled back and its connection ended with SQLSTATE 25P03. */
  readonly idleTransactionTimeoutMs: number;
  /** What has waited this long goes before the interactive lane. */
  readonly ageingMs: number;
  /** A batch running longer ends the engine's thread; every connection fails and the database opens again. */
  readonly statementTimeoutMs: number;
  /** Longest message, and longest run of messages before a Sync, that a connection may send. */
  readonly maximumMessageBytes: number;
}

export const DEFAULT_SESSION_LIMITS: SessionLimits = {
  lockTimeoutMs: 30_000,
  idleTransactionTimeoutMs: 60_000,
  ageingMs: 250,
  statementTimeoutMs: 300_000,
  maximumMessageBytes: 256 * 1024 * 1024,
};
