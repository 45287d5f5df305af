import { formatAge, formatDayTime, formatFullTime } from '../formats/format-time.js';
import { isStale } from './is-stale.js';
import styles from './Freshness.module.css';

/** Of when the advisories are: green while fresh, amber with their age past 48 hours. In words, not by colour alone. */
export function Freshness({ at }: { readonly at: string }) {
  const stale = isStale(at);
  return (
    <span className={stale ? `${styles['chip'] ?? ''} ${styles['stale'] ?? ''}` : styles['chip']} title={formatFullTime(at)}>
      <span className={styles['dot']} aria-hidden="true" />
      Advisories {formatDayTime(at)}
      {stale ? `, ${formatAge(at)} old` : ''}
    </span>
  );
}
