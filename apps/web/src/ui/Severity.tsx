import type { ReactNode } from 'react';
import { formatCount } from '../formats/format-count.js';
import styles from './Severity.module.css';

/** How bad a finding is, as this app shows it. */
export type SeverityLevel = 'critical' | 'high' | 'medium' | 'low' | 'negligible' | 'none' | 'unknown';

/** Worst first, which is also the order of every bar and row of cells. */
export const severityLevels: readonly SeverityLevel[] = ['critical', 'high', 'medium', 'low', 'negligible', 'none', 'unknown'];

const words: Readonly<Record<SeverityLevel, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  negligible: 'Negligible',
  none: 'None',
  unknown: 'Unrated',
};

/** The word for a severity. */
export function severityWord(level: SeverityLevel): string {
  return words[level];
}

/** The glyph of a severity, told apart by shape; always beside its word or letter. */
function SeverityGlyph({ level }: { readonly level: SeverityLevel }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" className={`esscm-stroke ${styles[level] ?? ''}`} aria-hidden="true" focusable="false">
      {shapes[level]}
    </svg>
  );
}

const ring = <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />;

const shapes: Readonly<Record<SeverityLevel, ReactNode>> = {
  critical: (
    <>
      <path d="M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7z" fill="currentColor" />
      <path d="M5.2 2.6h1.6l-.3 4.2h-1zM5.2 8h1.6v1.5H5.2z" fill="var(--esscm-surface)" />
    </>
  ),
  high: <path d="M6 1 11.6 11H.4z" fill="currentColor" />,
  medium: <path d="M6 .8 11.2 6 6 11.2.8 6z" fill="currentColor" />,
  low: <circle cx="6" cy="6" r="4.6" fill="currentColor" />,
  negligible: ring,
  none: ring,
  unknown: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.2 1.6" />,
};

/** A severity as glyph and word. */
export function SeverityMark({ level, children }: { readonly level: SeverityLevel; readonly children?: ReactNode }) {
  return (
    <span className={`${styles['mark'] ?? ''} ${styles[level] ?? ''}`}>
      <SeverityGlyph level={level} />
      <span>{children ?? words[level]}</span>
    </span>
  );
}

/** Findings by severity. */
export type SeverityNumbers = Readonly<Partial<Record<SeverityLevel, number>>>;

const cells = ['critical', 'high', 'medium', 'low'] as const;

/** "2 critical, 11 high": every severity that is there, in words. */
export function severityText(counts: SeverityNumbers): string {
  const parts = severityLevels.filter((level) => (counts[level] ?? 0) > 0).map((level) => `${formatCount(counts[level] ?? 0)} ${words[level].toLowerCase()}`);
  return parts.length === 0 ? 'no known vulnerability' : parts.join(', ');
}

/** Four small cells, C H M L, for rows of tables. `atLeast`: a part was not judged. What has not been matched gets no cells at all. */
export function SeverityCells({ counts, atLeast = false }: { readonly counts: SeverityNumbers; readonly atLeast?: boolean }) {
  const rated = cells.reduce((sum, level) => sum + (counts[level] ?? 0), 0);
  const rest = severityLevels.reduce((sum, level) => sum + (counts[level] ?? 0), 0) - rated;
  if (rated + rest === 0) return <span className="esscm-secondary">{atLeast ? 'None so far' : 'None'}</span>;
  const label = `${atLeast ? 'at least ' : ''}${severityText(counts)}`;
  return (
    <span className={styles['cells']} role="img" aria-label={label} title={label}>
      {cells.map((level) => (
        <span key={level} className={`${styles['cell'] ?? ''} ${(counts[level] ?? 0) > 0 ? `${styles[level] ?? ''} ${styles['filled'] ?? ''}` : styles['zero'] ?? ''}`}>
          <b>{words[level].charAt(0)}</b>
          {formatCount(counts[level] ?? 0)}
        </span>
      ))}
      {rest === 0 ? null : <span className={styles['rest']}>+{formatCount(rest)}</span>}
    </span>
  );
}

/** That attackers use it. */
export function ExploitedBadge({ title }: { readonly title?: string }) {
  return (
    <span className={styles['exploited']} title={title}>
      Exploited
    </span>
  );
}
