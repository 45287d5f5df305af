import { formatCount } from '../../formats/format-count.js';
import { formatDuration } from '../../formats/format-duration.js';
import type { ScanCountFieldsFragment } from '../../gql/graphql.js';

type Counts = Omit<ScanCountFieldsFragment, '__typename'>;

/** Which scans the list shows. */
export const scanFilters = ['all', 'active', 'failed', 'partial'] as const;
export type ScanListFilter = (typeof scanFilters)[number];

const words: Readonly<Record<ScanListFilter, string>> = { all: 'All', active: 'Active', failed: 'Failed', partial: 'Partial' };

/** "Failed 3"; without a number when none is known for what the list is narrowed to. */
export function scanFilterText(filter: ScanListFilter, counts: Counts | undefined): string {
  if (counts === undefined || filter === 'all') return words[filter];
  return `${words[filter]} ${formatCount(filter === 'active' ? counts.queued + counts.running : counts[filter])}`;
}

/** What the queue does now, in a line. */
export function queueFacts({ running, queued }: Counts, typicalWaitMs: number | null | undefined): string {
  if (running + queued === 0) return 'Nothing is running.';
  const wait = queued === 0 || typicalWaitMs == null ? '' : ` Typical wait now: ${formatDuration(typicalWaitMs)}.`;
  return `${formatCount(running)} running, ${formatCount(queued)} waiting.${wait}`;
}
