import { formatCount } from '../formats/format-count.js';
import { AppLink } from '../ui/AppLink.js';
import { SeverityMark, severityWord, type SeverityLevel, type SeverityNumbers } from '../ui/Severity.js';
import styles from './SeverityBars.module.css';

const levels: readonly SeverityLevel[] = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'];

/** One bar a severity in the fixed order, with its number; the number opens the findings. */
export function SeverityBars({ counts, addressOf }: { readonly counts: SeverityNumbers; readonly addressOf: (level: SeverityLevel) => string }) {
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
        </li>
      ))}
    </ul>
  );
}
