import type { ReactNode } from 'react';
import styles from './WithMark.module.css';

/** What a cell names, and a mark that stays whole behind it when the name has to be cut. */
export function WithMark({ children, mark }: { readonly children: ReactNode; readonly mark: ReactNode }) {
  if (mark === null) return children;
  return (
    <span className={styles['row']}>
      <span className={styles['name']} data-clips>
        {children}
      </span>
      {mark}
    </span>
  );
}
