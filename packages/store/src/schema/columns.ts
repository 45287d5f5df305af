import { customType, pgSchema, timestamp } from 'drizzle-orm/pg-core';
import { storableJson } from '../storable-text.js';

/** All tables of the product. Always named in full, because the search path belongs to whoever shares the database. */
export const esscm = pgSchema('esscm');

/**
 * Text compared and ordered byte by byte, so that the embedded database (collation C) and any server give the same order and
 * the same pages.
 */
export const orderedText = customType<{ data: string; driverData: string }>({ dataType: () => 'text collate "C"' });

/** Bytes. Values stay below about 1 MB; longer ones are kept in chunks. */
export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
});

/** A moment to the millisecond, which is what a `Date` and a cursor can carry. */
export function moment(name: string) {
  return timestamp(name, { precision: 3, withTimezone: true, mode: 'date' });
}

/** JSON whose strings may come from outside, made storable on the way in. */
export function storedJson<Value>(name: string) {
  return customType<{ data: Value }>({ dataType: () => 'jsonb', toDriver: storableJson })(name);
}
