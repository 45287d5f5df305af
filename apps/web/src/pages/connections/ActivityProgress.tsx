import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatEstimate } from '../../formats/format-duration.js';
import { formatSize, formatSizeOf } from '../../formats/format-size.js';
import type { ScanRowFragment } from '../../gql/graphql.js';
import { LiveRegion } from '../../ui/LiveRegion.js';
import { Panel } from '../../ui/Panel.js';
import { Status } from '../../ui/Status.js';
import { activityTotals } from './activity-totals.js';
import styles from './connections.module.css';

/** How far all scans are together. */
export function ActivityProgress({ scans }: { readonly scans: readonly ScanRowFragment[] }) {
  const { count, total, finished, bytesDone, bytesTotal, bytesPerSecond } = activityTotals(scans, new Date());
  if (total === 0) return null;
  const share = (part: number): string => `${(part / total) * 100}%`;
  const left = bytesPerSecond === undefined ? undefined : ((bytesTotal - bytesDone) / bytesPerSecond) * 1000;
  const parts = [['done', count.SUCCEEDED], ['partial', count.PARTIAL], ['running', count.RUNNING], ['failed', count.FAILED]] as const;
  const text = `${formatCount(finished)} of ${formatCount(total)}`;
  return (
    <Panel>
      <div className={styles['big']}>
        <b>{text}</b>
        <span className={styles['label']}>{total === 1 ? 'image scanned' : 'images scanned'}</span>
        <span className={styles['end']}>
          {bytesTotal > 0 ? <span>{formatSizeOf(bytesDone, bytesTotal)} read</span> : null}
          {bytesPerSecond === undefined ? null : <span>{formatSize(bytesPerSecond)}/s</span>}
          {left === undefined || count.QUEUED > 0 ? null : <span className="esscm-strong">{formatEstimate(left)} left</span>}
        </span>
      </div>
      <div className={styles['bar']} role="img" aria-label={`${text} images scanned`}>
        {parts.map(([name, part]) => (part === 0 ? null : <span key={name} className={styles[name]} style={{ inlineSize: share(part) }} />))}
      </div>
      <span className={styles['counts']}>
        <Status kind="done">{formatCount(count.SUCCEEDED)} done</Status>
        {count.PARTIAL === 0 ? null : <Status kind="partial">{formatCount(count.PARTIAL)} partial</Status>}
        <Status kind="running">{formatCount(count.RUNNING)} running</Status>
        <Status kind="waiting">{formatCount(count.QUEUED)} waiting</Status>
        {count.FAILED === 0 ? null : <Status kind="failed">{formatCount(count.FAILED)} failed</Status>}
        {count.CANCELLED === 0 ? null : <Status kind="stopped">{formatCount(count.CANCELLED)} cancelled</Status>}
      </span>
      <LiveRegion intervalMs={5_000} text={`${text} ${total === 1 ? 'image' : 'images'} scanned, ${formatQuantity(count.FAILED, 'failure')}`} />
    </Panel>
  );
}
