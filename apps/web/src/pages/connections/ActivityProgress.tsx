import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatEstimate } from '../../formats/format-duration.js';
import { formatSize, formatSizeOf } from '../../formats/format-size.js';
import { LiveRegion } from '../../ui/LiveRegion.js';
import { Panel } from '../../ui/Panel.js';
import { Status } from '../../ui/Status.js';
import type { ActivityTotals } from './activity-totals.js';
import styles from './connections.module.css';

/** How far all scans are together. */
export function ActivityProgress({ totals, paused }: { readonly totals: ActivityTotals; readonly paused: boolean }) {
  const { count, total, finished, bytesDone, bytesTotal, bytesPerSecond, leftMs } = totals;
  if (total === 0) return null;
  const share = (part: number): string => `${(part / total) * 100}%`;
  const parts = [['done', count.succeeded], ['partial', count.partial], ['running', count.running], ['failed', count.failed]] as const;
  const text = `${formatCount(finished)} of ${formatCount(total)}`;
  return (
    <Panel>
      <div className={styles['big']}>
        <b>{text}</b>
        <span className={styles['label']}>{total === 1 ? 'image scanned' : 'images scanned'}</span>
        <span className={styles['end']}>
          {bytesTotal > 0 ? <span>{formatSizeOf(bytesDone, bytesTotal)} downloaded</span> : null}
          {bytesPerSecond === undefined ? null : <span>{formatSize(bytesPerSecond)}/s</span>}
          {leftMs === undefined || (paused && count.queued > 0) ? null : <span className="esscm-strong">{formatEstimate(leftMs)} left</span>}
        </span>
      </div>
      <div className={styles['bar']} role="img" aria-label={`${text} images scanned`}>
        {parts.map(([name, part]) => (part === 0 ? null : <span key={name} className={styles[name]} style={{ inlineSize: share(part) }} />))}
      </div>
      <span className={styles['counts']}>
        <Status kind="done">{formatCount(count.succeeded)} done</Status>
        {count.partial === 0 ? null : <Status kind="partial">{formatCount(count.partial)} partial</Status>}
        <Status kind="running">{formatCount(count.running)} running</Status>
        <Status kind="waiting">{formatCount(count.queued)} waiting</Status>
        <Status kind={count.failed === 0 ? 'stopped' : 'failed'}>{formatCount(count.failed)} failed</Status>
        {count.cancelled === 0 ? null : <Status kind="stopped">{formatCount(count.cancelled)} cancelled</Status>}
      </span>
      <LiveRegion intervalMs={5_000} text={`${text} ${total === 1 ? 'image' : 'images'} scanned, ${formatQuantity(count.failed, 'failure')}`} />
    </Panel>
  );
}
