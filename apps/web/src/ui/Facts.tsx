import type { ReactNode } from 'react';
import styles from './Facts.module.css';

export interface Fact {
  readonly label: string;
  /** A fact without a value is left out. */
  readonly value: ReactNode;
}

/** Labels and values: a list of rows, or side by side as a `strip`. */
export function Facts({ facts, layout = 'rows' }: { readonly facts: readonly Fact[]; readonly layout?: 'rows' | 'strip' }) {
  const known = facts.filter(({ value }) => value !== null && value !== undefined && value !== '');
  return (
    <dl className={layout === 'rows' ? styles['facts'] : styles['strip']}>
      {known.map(({ label, value }) =>
        layout === 'rows' ? (
          [<dt key={`${label} label`}>{label}</dt>, <dd key={label}>{value}</dd>]
        ) : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
