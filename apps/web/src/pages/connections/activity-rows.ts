import type { ScanRowFragment, ScanState } from '../../gql/graphql.js';

/** Running first, then failed, done with the newest first, and waiting ones last. */
const order: Readonly<Record<ScanState, number>> = { RUNNING: 0, FAILED: 1, PARTIAL: 2, SUCCEEDED: 2, CANCELLED: 3, QUEUED: 4 };

type Row = Pick<ScanRowFragment, 'id' | 'state' | 'startedAt' | 'endedAt' | 'createdAt'>;

/** Rows in the order of the activity page. */
export function activityOrder<Some extends Row>(scans: readonly Some[]): readonly Some[] {
  return [...scans].sort((left, right) => order[left.state] - order[right.state] || within(left, right));
}

/** Fresh rows in the order they were shown before; new ones at the end. For while someone points at the table. */
export function heldOrder<Some extends Row>(scans: readonly Some[], shown: readonly string[]): readonly Some[] {
  const place = new Map(shown.map((id, index) => [id, index]));
  return [...scans].sort((left, right) => (place.get(left.id) ?? shown.length) - (place.get(right.id) ?? shown.length));
}

/** Failed scans that nothing came after; one that was repeated since is history. */
export function stillFailed<Some extends Row & { readonly image: { readonly latestScan?: { readonly id: string } | null } }>(scans: readonly Some[]): readonly Some[] {
  return scans.filter(({ id, image }) => image.latestScan?.id === id);
}

/** Each image once: its latest scan. */
export function latestPerImage<Some extends Row & { readonly image: { readonly id: string } }>(scans: readonly Some[]): readonly Some[] {
  const latest = new Map<string, Some>();
  for (const scan of scans) {
    const known = latest.get(scan.image.id);
    if (known === undefined || known.createdAt < scan.createdAt) latest.set(scan.image.id, scan);
  }
  return [...latest.values()];
}

function within(left: Row, right: Row): number {
  if (left.endedAt != null && right.endedAt != null) return right.endedAt.localeCompare(left.endedAt);
  if (left.startedAt != null && right.startedAt != null) return left.startedAt.localeCompare(right.startedAt);
  return left.createdAt.localeCompare(right.createdAt) || left.id.localeCompare(right.id);
}
