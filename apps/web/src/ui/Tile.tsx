import type { ReactNode } from 'react';
import styles from './Tile.module.css';

/** A row of tiles; two by two on a phone. */
export function TileRow({ children }: { readonly children: ReactNode }) {
  return <div className={styles['tiles']}>{children}</div>;
}

/** One figure with its label above and what qualifies it below. */
export function Tile({ label, value, note }: { readonly label: string; readonly value: ReactNode; readonly note: ReactNode }) {
  return (
    <section className={styles['tile']} aria-label={label}>
      <div className={styles['label']}>{label}</div>
      <div className={styles['value']}>{value}</div>
      <div className={styles['note']}>{note}</div>
    </section>
  );
}
