import { formatCount } from '../../formats/format-count.js';
import type { ScanCountFieldsFragment } from '../../gql/graphql.js';
import { Status, type StatusKind } from '../../ui/Status.js';
import styles from './connections.module.css';

const parts: readonly (readonly [keyof Omit<ScanCountFieldsFragment, '__typename'>, StatusKind, string])[] = [
  ['succeeded', 'done', 'done'],
  ['running', 'running', 'running'],
  ['queued', 'waiting', 'waiting'],
  ['partial', 'partial', 'partial'],
  ['failed', 'failed', 'failed'],
  ['cancelled', 'stopped', 'cancelled'],
];

/** What matters of it in a row of a table: what is under way and what went wrong, or how much is done. */
export function BriefScanCounts({ counts }: { readonly counts: ScanCountFieldsFragment }) {
  const active = counts.running + counts.queued;
  const wrong = counts.failed + counts.partial;
  if (active === 0 && wrong === 0) return <ScanCounts counts={{ ...counts, cancelled: 0 }} />;
  return (
    <span className={styles['brief']}>
      {active === 0 ? null : <Status kind="running">{formatCount(active)} active</Status>}
      {counts.partial === 0 ? null : <Status kind="partial">{formatCount(counts.partial)} partial</Status>}
      {counts.failed === 0 ? null : <Status kind="failed">{formatCount(counts.failed)} failed</Status>}
    </span>
  );
}

/** How the scans of a connection stand; states nobody is in are left out. */
export function ScanCounts({ counts }: { readonly counts: ScanCountFieldsFragment }) {
  const shown = parts.filter(([key]) => counts[key] > 0);
  if (shown.length === 0) return <span className="esscm-secondary">No scans</span>;
  return (
    <span className={styles['counts']}>
      {shown.map(([key, kind, word]) => (
        <Status key={key} kind={kind}>
          {formatCount(counts[key])} {word}
        </Status>
      ))}
    </span>
  );
}
