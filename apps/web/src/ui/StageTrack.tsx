import styles from './StageTrack.module.css';

export interface StageSegment {
  readonly name: string;
  /** 0 to 1. */
  readonly done: number;
  readonly failed?: boolean;
}

/** The stages of a scan as a row of segments; `label` says the same in words. */
export function StageTrack({ segments, label }: { readonly segments: readonly StageSegment[]; readonly label: string }) {
  return (
    <span className={styles['track']} role="img" aria-label={label} title={label}>
      {segments.map((segment) => (
        <span key={segment.name} className={styles['segment']}>
          <span
            className={segment.failed === true ? `${styles['fill'] ?? ''} ${styles['failed'] ?? ''}` : styles['fill']}
            style={{ display: 'block', inlineSize: `${Math.round(Math.min(1, Math.max(0, segment.done)) * 100)}%` }}
          />
        </span>
      ))}
    </span>
  );
}
