import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface EmptyStateProps {
  readonly title: string;
  /** What fills this place, or what it means that it is empty. */
  readonly text: ReactNode;
  readonly actions?: ReactNode;
  readonly note?: ReactNode;
  /** Inside a table: no picture, less room. */
  readonly compact?: boolean;
}

/** Nothing to show, and why. Never the same words for "not scanned", "filtered away" and "nothing found". */
export function EmptyState({ title, text, actions, note, compact = false }: EmptyStateProps) {
  return (
    <div className={compact ? `${styles['empty'] ?? ''} ${styles['compact'] ?? ''}` : styles['empty']}>
      {compact ? null : (
        <svg width="48" height="42" viewBox="0 0 48 42" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" aria-hidden="true">
          <path d="M24 3 44 14 24 25 4 14Z" fill="var(--esscm-accent-soft)" />
          <path d="m4 21 20 11 20-11" opacity=".35" />
          <path d="m4 28 20 11 20-11" opacity=".35" />
        </svg>
      )}
      <p className={styles['title']}>{title}</p>
      <p className={styles['text']}>{text}</p>
      {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
      {note === undefined ? null : <p className={styles['note']}>{note}</p>}
    </div>
  );
}
