import { sql, type SQL } from 'drizzle-orm';
import { connections } from '../schema/connection-tables.js';
import { scans, trackedImages } from '../schema/image-tables.js';
import { containsPattern, startsWithPattern } from '../storable-text.js';
import { digestPattern } from './digest-search.js';

const namedTag = /^(?<name>.*[^:])?:(?<tag>[^/:]*)$/;

/**
 * Scans of which the image, the digest or the connection is meant by a text. Each part finds few or many rows by an index of its
 * own, as hashed sets, so that the list can be read in its order and left after a page.
 */
export function scanSearch(organizationId: string, text: string): SQL {
  const pattern = containsPattern(text);
  const parts = [
    sql`${scans.trackedImageId} in (${imagesWhere(organizationId, sql`${trackedImages.name} ilike ${pattern} or ${trackedImages.tag} ilike ${pattern}`)})`,
    sql`${scans.connectionId} in (select ${connections.id} from ${connections} where ${connections.organizationId} = ${organizationId} and ${connections.name} ilike ${pattern})`,
  ];
  const { name, tag } = namedTag.exec(text)?.groups ?? {};
  if (name !== undefined && tag !== undefined) {
    const [nameEnd, tagStart] = [containsPattern(name).slice(0, -1), startsWithPattern(tag)];
    parts.push(sql`${scans.trackedImageId} in (${imagesWhere(organizationId, sql`${trackedImages.name} ilike ${nameEnd} and ${trackedImages.tag} ilike ${tagStart}`)})`);
  }
  const digest = digestPattern(text);
  if (digest !== undefined) {
    parts.push(sql`${scans.digest} like ${digest}`, sql`${scans.trackedImageId} in (${imagesWhere(organizationId, sql`${trackedImages.pinnedDigest} like ${digest}`)})`);
  }
  return sql`(${sql.join(parts, sql` or `)})`;
}

function imagesWhere(organizationId: string, condition: SQL): SQL {
  return sql`select ${trackedImages.id} from ${trackedImages} where ${trackedImages.organizationId} = ${organizationId} and (${condition})`;
}
