import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './GraphLink.module.css';

/** A box of a graph: a link, or the one the graph is about when there is no address. */
export function GraphLink({ to, title, children }: { readonly to: string | undefined; readonly title: string; readonly children: ReactNode }) {
  if (to === undefined) {
    return (
      <span className={`${styles['box'] ?? ''} ${styles['here'] ?? ''}`} title={title}>
        {children}
      </span>
    );
  }
  return (
    <Link to={to} className={styles['box']} title={title} preventScrollReset>
      {children}
    </Link>
  );
}
