import { sql, type SQL } from 'drizzle-orm';
import type { ImageCoverage } from '../coverage-records.js';
import { contents } from '../schema/content-tables.js';
import { matchings } from '../schema/finding-tables.js';
import { scans } from '../schema/image-tables.js';

/** Advisories older than this make a result stale. */
const freshMs = 48 * 3_600_000;

/** Named out, because a list of one table leaves names of tables away in what it selects. */
const image = sql.raw('tracked_images');

const is = (coverage: ImageCoverage): SQL => sql.raw(`'${coverage}'`);

/** What is known of a row of tracked images at a moment, as an {@link ImageCoverage}. Only images without a result are looked up among scans. */
export function imageCoverage(at: Date): SQL<ImageCoverage> {
  return sql<ImageCoverage>`case
    when ${image}.content_id is null then case
      when (select last.state from ${scans} as last where last.tracked_image_id = ${image}.id order by last.created_at desc, last.id desc limit 1) = 'failed' then ${is('failed')}
      else ${is('notScanned')} end
    else (
      select case
        when own.state is null or own.state = 'unmatched' then ${is('notJudged')}
        when shown.partial then ${is('partial')}
        when own.state = 'partial' then ${is('partlyJudged')}
        when own.advisories_at < ${new Date(at.getTime() - freshMs).toISOString()}::timestamptz then ${is('stale')}
        else ${is('current')} end
      from ${contents} as shown left join ${matchings} as own on own.content_id = shown.id where shown.id = ${image}.content_id) end`;
}
