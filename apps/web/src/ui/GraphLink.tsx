import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './GraphLink.module.css';

/** A box of a graph: a link, or the one the graph is about when there is no address. What it shows may be cut; `label` is the whole. */
export function GraphLink({ to, label, children }: { readonly to: string | undefined; readonly label: string; readonly children: ReactNode }) {
  if (to === undefined) {
    return (
      <span className={`${styles['box'] ?? ''} ${styles['here'] ?? ''}`} title={label}>
        {children}
      </span>
    );
  }
  return (
    <Link to={to} className={styles['box']} title={label} preventScrollReset>
      {children}
    </Link>
  );
}
