import { inArray } from 'drizzle-orm';
import { severities } from '../finding-records.js';
import type { ScanFindingsRecord } from '../records.js';
import { matchings } from '../schema/finding-tables.js';
import type { Executor } from '../store-context.js';

interface EndingScan {
  readonly startedAt: Date | null;
  /** What the image shows from now on. */
  readonly contentId: string;
  /** What it showed until now. */
  readonly earlierContentId: string | null;
  /** Findings of the one that are none of the other; 0 for the same. */
  readonly added: number;
}

/** What an image has at the end of a scan, as it was matched last; undefined where it was not matched. */
export async function scanFindings(executor: Executor, { startedAt, contentId, earlierContentId, added }: EndingScan): Promise<ScanFindingsRecord | undefined> {
  const rows = await executor.select().from(matchings).where(inArray(matchings.contentId, [contentId, earlierContentId ?? contentId]));
  const [is, was] = [contentId, earlierContentId].map((id) => rows.find((row) => row.contentId === id));
  if (is === undefined) return undefined;
  if (is.state === 'unmatched') return { atLeast: true };
  const count = severities.reduce((sum, severity) => sum + is[severity], 0);
  const atLeast = is.state === 'partial' || is.notices.some(({ code }) => code === 'fixes-only');
  const wasJudged = was !== undefined && was.state !== 'unmatched';
  // The same content may have been matched anew since the scan began: what it had before that is not known here.
  const judgedMeanwhile = contentId === earlierContentId && (startedAt === null || is.matchedAt >= startedAt);
  return { count, atLeast, ...(wasJudged && !judgedMeanwhile && { newCount: added }) };
}
