export type * from './records.js';
export type { Store } from './store.js';
export type * from './contract/access-token-repository.js';
export type * from './contract/advisory-source-repository.js';
export type * from './contract/comparison-repository.js';
export type * from './contract/connection-repository.js';
export type * from './contract/content-repository.js';
export type * from './contract/draft-repository.js';
export type * from './contract/finding-day-repository.js';
export type * from './contract/finding-repository.js';
export type * from './contract/fix-repository.js';
export type * from './contract/image-following.js';
export type * from './contract/layer-fact-repository.js';
export type * from './contract/lease-repository.js';
export type * from './contract/organization-repository.js';
export type * from './contract/package-repository.js';
export type * from './contract/plain-secrets.js';
export type * from './contract/project-finding-day-repository.js';
export type * from './contract/project-repository.js';
export type * from './contract/rematch-repository.js';
export type * from './contract/saved-view-repository.js';
export type * from './contract/scan-log-repository.js';
export type * from './contract/scan-repository.js';
export type * from './contract/scan-result-input.js';
export type * from './contract/selection-repository.js';
export type * from './contract/tracked-image-repository.js';
export type * from './contract/triage-repository.js';
export type * from './contract/vex-repository.js';
export type * from './contract/watch-repository.js';
export type * from './watch-records.js';
export type * from './advisory-records.js';
export type * from './finding-records.js';
export type * from './finding-day-records.js';
export type * from './fix-records.js';
export type * from './triage-records.js';
export type * from './comparison-records.js';
export type * from './coverage-records.js';
export type * from './vex-records.js';
export { triageJustifications, triageStates } from './triage-records.js';
export { severities } from './finding-records.js';
export { imageCoverages } from './coverage-records.js';
export { findingChangeKinds } from './comparison-records.js';
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
