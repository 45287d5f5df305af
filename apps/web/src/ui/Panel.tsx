import type { ReactNode } from 'react';
import styles from './Panel.module.css';

interface PanelProps {
  readonly title?: ReactNode;
  readonly counter?: string;
  readonly description?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A flat box with a heading. */
export function Panel({ title, counter, description, aside, children }: PanelProps) {
  return (
    <section className={styles['panel']}>
      {title === undefined ? null : (
        <div className={styles['heading']}>
          <h2 className={styles['title']}>{title}</h2>
          {counter === undefined ? null : <span className={styles['counter']}>{counter}</span>}
          {aside === undefined ? null : <div className={styles['aside']}>{aside}</div>}
        </div>
      )}
      {description === undefined ? null : <p className={styles['description']}>{description}</p>}
      {children}
    </section>
  );
}

/** Blocks below each other, 16 px apart. */
export function Stack({ children }: { readonly children: ReactNode }) {
  return <div className={styles['stack']}>{children}</div>;
}

/** Two columns of the same width; below each other when there is no room. */
export function Halves({ children }: { readonly children: ReactNode }) {
  return <div className={styles['halves']}>{children}</div>;
}

/** A wide and a narrow column; below each other when there is no room. */
export function Columns({ children }: { readonly children: ReactNode }) {
  return <div className={styles['columns']}>{children}</div>;
}
