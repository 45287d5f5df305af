import type { ReactNode } from 'react';
import styles from './Toolbar.module.css';

/** What narrows a list, side by side; `search` takes the room that is left. */
export function Toolbar({ search, children }: { readonly search?: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className={styles['toolbar']}>
      {children}
      {search === undefined ? null : <div className={styles['grow']}>{search}</div>}
    </div>
  );
}
