import { sql, type SQL } from 'drizzle-orm';
import type { FindingFilter } from '../finding-records.js';
import { findings } from '../schema/finding-tables.js';
import { trackedImages } from '../schema/image-tables.js';
import { findingConditions, findingsOfImages, imageConditions } from './finding-conditions.js';

/**
 * Rows of `keys` by their names, `figures` (aggregates over findings `f`) and `image_id`, one for each image that has findings of the keys which fit the filter. The images of a
 * group are so its rows, and are counted without sorting or hashing all findings by image: those of an image lie together and are grouped on their own.
 * Where the filter names a vulnerability or a package there is an index for it, and the database is left to choose.
 */
export function groupedByImage(organizationId: string, filter: FindingFilter, keys: Readonly<Record<string, SQL>>, figures: SQL): SQL {
  const named = sql.join(Object.entries(keys).map(([name, key]) => sql`${key} as ${sql.identifier(name)}`), sql`, `);
  const places = sql.join(Object.keys(keys).map((_, index) => sql.raw(String(index + 1))), sql`, `);
  const where = findingConditions(organizationId, filter);
  const isNarrow = filter.vulnerability !== undefined || filter.packageKey !== undefined || filter.oneOf !== undefined;
  if (isNarrow) return sql`(select ${named}, ${figures}, i.id as image_id from ${findingsOfImages} where ${where} group by ${places}, i.id)`;
  return sql`(
    select own.*, i.id as image_id from ${trackedImages} as i
    cross join lateral (select ${named}, ${figures} from ${findings} as f where f.content_id = i.content_id and f.organization_id = i.organization_id and ${where} group by ${places}) as own
    where ${imageConditions(organizationId, filter)})`;
}
