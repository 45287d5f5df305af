import { formatCount } from '../formats/format-count.js';
import { AppLink } from '../ui/AppLink.js';
import { SeverityMark, severityWord, type SeverityLevel, type SeverityNumbers } from '../ui/Severity.js';
import styles from './SeverityBars.module.css';

const levels: readonly SeverityLevel[] = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'];

interface SeverityBarsProps {
  readonly counts: SeverityNumbers;
  /** Those of `counts` that have a fix. */
  readonly fixable: SeverityNumbers;
  /** Where the findings of a severity are listed; with `fix`, those that have one. */
  readonly addressOf: (level: SeverityLevel, fix?: 'available') => string;
}

/** One bar a severity in the fixed order, with its number and how many of these have a fix; each number opens its findings. */
export function SeverityBars({ counts, fixable, addressOf }: SeverityBarsProps) {
  const most = Math.max(1, ...levels.map((level) => counts[level] ?? 0));
  const shown = levels.filter((level, index) => index < 4 || (counts[level] ?? 0) > 0);
  return (
    <ul className={styles['bars']}>
      {shown.map((level) => (
        <li key={level}>
          <SeverityMark level={level} />
          <AppLink to={addressOf(level)} ariaLabel={`${formatCount(counts[level] ?? 0)} ${severityWord(level).toLowerCase()}`}>
            {formatCount(counts[level] ?? 0)}
          </AppLink>
          <span className={styles['track']} aria-hidden="true">
            <span className={styles[level]} style={{ inlineSize: `${((counts[level] ?? 0) / most) * 100}%` }} />
          </span>
          {(counts[level] ?? 0) === 0 ? null : <span className={styles['fixable']}>{(fixable[level] ?? 0) === 0 ? '0 fixable' : <FixableLink count={fixable[level] ?? 0} level={level} to={addressOf(level, 'available')} />}</span>}
        </li>
      ))}
    </ul>
  );
}

function FixableLink({ count, level, to }: { readonly count: number; readonly level: SeverityLevel; readonly to: string }) {
  return (
    <AppLink to={to} ariaLabel={`${formatCount(count)} fixable, ${severityWord(level).toLowerCase()}`}>
      {formatCount(count)} fixable
    </AppLink>
  );
}
