export type * from './records.js';
export type * from './store.js';
export { openDatabase, type Database, type OpenDatabaseOptions, type PoolOptions } from './database.js';
export {
  type EmbeddedDatabase,
  type EmbeddedDatabaseLimits,
  type EmbeddedDatabaseState,
  type EmbeddedDatabaseStatus,
} from './embedded/embedded-database.js';
export { EmbeddedDatabaseError, type EmbeddedDatabaseErrorCode } from './embedded/errors.js';
export { type DatabaseLog } from './embedded/log.js';
