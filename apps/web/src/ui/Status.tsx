import type { ReactNode } from 'react';
import styles from './Status.module.css';

export type StatusKind = 'done' | 'running' | 'waiting' | 'failed' | 'partial' | 'stopped' | 'note';

const ring = <circle cx="8" cy="8" r="6.6" />;

const shapes: Readonly<Record<StatusKind, ReactNode>> = {
  done: <>{ring}<path d="m5 8.2 2.1 2.1L11 6.2" /></>,
  running: <>{ring}<path d="M4.8 8h.01M8 8h.01M11.2 8h.01" /></>,
  waiting: <>{ring}<path d="M8 4.4V8l2.3 1.4" /></>,
  failed: <>{ring}<path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" /></>,
  partial: <path d="M8 1.9 15 14H1zM8 6.4v3.4m0 2.1h.01" />,
  stopped: <>{ring}<path d="M5 8h6" /></>,
  note: <>{ring}<path d="M8 7.4v3.6M8 5h.01" /></>,
};

/** A state as icon, colour and word together. Our own element: a list draws fifty of them, and the kit's takes several times as long. */
export function Status({ kind, children }: { readonly kind: StatusKind; readonly children: ReactNode }) {
  return (
    <span className={`${styles['status'] ?? ''} ${styles[kind] ?? ''}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        {shapes[kind]}
      </svg>
      <span>{children}</span>
    </span>
  );
}
