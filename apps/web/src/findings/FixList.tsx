import { formatCount } from '../formats/format-count.js';
import { AppLink } from '../ui/AppLink.js';
import { SeverityCells } from '../ui/Severity.js';
import styles from './FixList.module.css';
import { fixAddress } from './fix-address.js';
import { FixPlace } from './FixPlace.js';
import { fixCounts, fixTitle } from './fix-words.js';
import type { Fix } from './rank-fixes.js';

interface FixListProps {
  readonly fixes: readonly Fix[];
  /** Of one image: where it is found goes without saying. */
  readonly imageId?: string;
}

/** Changes to make, the most worthwhile first, each with what it removes. */
export function FixList({ fixes, imageId }: FixListProps) {
  return (
    <ol className={styles['list']}>
      {fixes.map((fix, index) => (
        <li key={'packageKey' in fix ? fix.packageKey : fix.baseLayer}>
          <span className={styles['rank']}>{index + 1}</span>
          <span className={styles['text']}>
            <AppLink to={fixAddress(fix, { imageId, group: 'vulnerability' })}>{fixTitle(fix)}</AppLink>
            <small>
              {fix.exploitedCount > 0 ? 'Exploited. ' : ''}
              <FixPlace fix={fix} imageId={imageId} />
            </small>
          </span>
          <span className={styles['cells']}>
            <SeverityCells counts={fixCounts(fix)} />
          </span>
          <b className={styles['removes']}>removes {'packageKey' in fix ? '' : 'up to '}{formatCount(fix.findingCount)}</b>
        </li>
      ))}
    </ol>
  );
}
