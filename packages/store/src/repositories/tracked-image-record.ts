import type { TrackedImageRecord } from '../records.js';
import type { trackedImages } from '../schema/image-tables.js';
import { withoutNulls } from '../without-nulls.js';

/** The record of a row; an empty tag is none. */
export function toTrackedImage(row: typeof trackedImages.$inferSelect): TrackedImageRecord {
  return withoutNulls({ ...row, tag: row.tag === '' ? null : row.tag });
}
