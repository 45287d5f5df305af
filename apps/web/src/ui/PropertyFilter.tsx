import { lazy, Suspense } from 'react';
import { tokenText, type PropertyFilterFieldProps } from './property-filter-field.js';
import styles from './PropertyFilter.module.css';

const KitPropertyFilter = lazy(async () => ({ default: (await import('./KitPropertyFilter.js')).KitPropertyFilter }));

/** A filter by properties; all conditions must hold. It is the heaviest part of its pages, so the rows do not wait for it. */
export function PropertyFilter(properties: PropertyFilterFieldProps) {
  return (
    <Suspense fallback={<Coming {...properties} />}>
      <KitPropertyFilter {...properties} />
    </Suspense>
  );
}

/** What takes the room of the filter until it is there: its conditions, each as wide as the kit makes it, so that the rows below do not move. */
function Coming({ tokens, choices }: PropertyFilterFieldProps) {
  return (
    <div className={styles['coming']}>
      <div className={styles['field']} />
      {tokens.length === 0 ? null : (
        <div className={styles['tokens']}>
          {tokens.map((token, index) => (
            <span key={index} className={styles['token']}>
              {tokenText(token, choices)}
            </span>
          ))}
          <span className={styles['clear']} />
        </div>
      )}
    </div>
  );
}
