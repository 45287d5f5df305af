import type { ConnectionRecord } from '../records.js';
import type { connections } from '../schema/connection-tables.js';
import { withoutNulls } from '../without-nulls.js';

/** The record of a row. */
export function toConnection(row: typeof connections.$inferSelect): ConnectionRecord {
  return withoutNulls(row);
}
