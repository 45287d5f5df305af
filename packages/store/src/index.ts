export type * from './records.js';
export type * from './store.js';
export type * from './watch-records.js';
export type * from './advisory-records.js';
export type * from './finding-records.js';
export type * from './triage-records.js';
export type * from './vex-records.js';
export { triageJustifications, triageStates } from './triage-records.js';
export { severities } from './finding-records.js';
export { findingsDigest } from './findings-digest.js';
export { recordFindingDay } from './record-finding-day.js';
export { openDatabase, type Database, type OpenDatabaseOptions, type PoolOptions } from './database.js';
export {
  type EmbeddedDatabase,
  type EmbeddedDatabaseLimits,
  type EmbeddedDatabaseState,
  type EmbeddedDatabaseStatus,
} from './embedded/embedded-database.js';
export { EmbeddedDatabaseError, type EmbeddedDatabaseErrorCode } from './embedded/errors.js';
export { type DatabaseLog } from './embedded/log.js';
export { openStore, type OpenStore, type OpenStoreOptions } from './open-store.js';
export { authenticationTables } from './schema/authentication-tables.js';
export { InvalidCursorError, NameTakenError, NotFoundError, StoreError, type StoreErrorCode, type StoreErrorDetails } from './errors.js';
export { adoptNextKey, openVault, prepareNextKey, type OpenVaultOptions } from './vault/open-vault.js';
export { createMasterKey, formatMasterKey } from './vault/master-key.js';
export type { SealedSecrets, SecretsOwner, SecretsVault } from './vault/secrets-vault.js';
