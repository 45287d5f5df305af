import { sql, type SQL } from 'drizzle-orm';
import { findings } from '../schema/finding-tables.js';

/** Lets what an image holds now inherit the days on which it was first seen in what the image held before. */
export function inheritFirstSeen(contentId: string, earlierContentId: string): SQL {
  return sql`
    update ${findings} as now set first_seen_at = least(now.first_seen_at, earlier.first_seen_at)
    from (select vulnerability, package_key, min(first_seen_at) as first_seen_at from ${findings} where content_id = ${earlierContentId} group by 1, 2) as earlier
    where now.content_id = ${contentId} and now.vulnerability = earlier.vulnerability and now.package_key = earlier.package_key
      and now.first_seen_at > earlier.first_seen_at`;
}
