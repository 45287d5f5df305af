import { sql, type SQL } from 'drizzle-orm';
import type { FindingFilter } from '../finding-records.js';
import { trackedImages } from '../schema/image-tables.js';
import { imageConditions, isNarrow } from './finding-conditions.js';
import type { FindingSelection } from './finding-selection.js';

/**
 * Rows of `keys` by their names, `figures` (aggregates over findings `f`) and `image_id`, one for each image that has findings of the keys which fit the filter. The images of a
 * group are so its rows, and are counted without sorting or hashing all findings by image: those of an image lie together and are grouped on their own.
 * Where the filter names a vulnerability or a package there is an index for it, and the database is left to choose.
 */
export function groupedByImage(organizationId: string, filter: FindingFilter, selection: FindingSelection, keys: Readonly<Record<string, SQL>>, figures: SQL): SQL {
  const named = sql.join(Object.entries(keys).map(([name, key]) => sql`${key} as ${sql.identifier(name)}`), sql`, `);
  const places = sql.join(Object.keys(keys).map((_, index) => sql.raw(String(index + 1))), sql`, `);
  if (isNarrow(filter)) return sql`(select ${named}, ${figures}, i.id as image_id from ${selection.from} where ${selection.where} group by ${places}, i.id)`;
  return sql`(
    select own.*, i.id as image_id from ${trackedImages} as i
    cross join lateral (select ${named}, ${figures} from ${selection.ofImage.from} where ${selection.ofImage.where} group by ${places}) as own
    where ${imageConditions(organizationId, filter)})`;
}
