import { formatEcosystem } from '../formats/format-ecosystem.js';
import { formatCount, formatQuantity } from '../formats/format-count.js';
import type { FixRowFragment } from '../gql/graphql.js';
import { paths } from '../paths.js';
import { AppLink } from '../ui/AppLink.js';
import { SeverityCells } from '../ui/Severity.js';
import styles from './FixList.module.css';

interface FixListProps {
  readonly fixes: readonly FixRowFragment[];
  /** Of one image: where it is found goes without saying. */
  readonly imageId?: string;
}

/** Changes to make, the most worthwhile first, each with what it removes. */
export function FixList({ fixes, imageId }: FixListProps) {
  return (
    <ol className={styles['list']}>
      {fixes.map((fix, index) => (
        <li key={fix.packageKey}>
          <span className={styles['rank']}>{index + 1}</span>
          <span className={styles['text']}>
            <AppLink to={paths.findings({ package: fix.packageKey, fix: 'available', image: imageId, group: 'vulnerability' })}>
              Upgrade {fix.name}
              {fix.version == null ? '' : ` to ${fix.version}`}
            </AppLink>
            <small>
              {imageId === undefined ? `${formatQuantity(fix.imageCount, 'image')} in ${formatQuantity(fix.projectCount, 'project')}` : formatEcosystem(fix.ecosystem)}
              {fix.exploitedCount > 0 ? ', exploited' : ''}
            </small>
          </span>
          <span className={styles['cells']}>
            <SeverityCells counts={fix} />
          </span>
          <b className={styles['removes']}>removes {formatCount(fix.findingCount)}</b>
        </li>
      ))}
    </ol>
  );
}
