import type { ReactNode } from 'react';
import styles from './Chip.module.css';

/** A short word in a frame: a tag, a state, a capability. Colour only for a state. */
export function Chip({ kind = 'plain', children }: { readonly kind?: 'plain' | 'warning' | 'error' | 'accent'; readonly children: ReactNode }) {
  return <span className={kind === 'plain' ? styles['chip'] : `${styles['chip'] ?? ''} ${styles[kind] ?? ''}`}>{children}</span>;
}
