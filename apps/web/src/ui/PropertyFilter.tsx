import { lazy, Suspense } from 'react';
import type { PropertyFilterFieldProps } from './property-filter-field.js';
import styles from './PropertyFilter.module.css';

const KitPropertyFilter = lazy(async () => ({ default: (await import('./KitPropertyFilter.js')).KitPropertyFilter }));

/** A filter by properties; all conditions must hold. It is the heaviest part of its pages, so the rows do not wait for it. */
export function PropertyFilter(properties: PropertyFilterFieldProps) {
  return (
    <Suspense fallback={<div className={styles['coming']} />}>
      <KitPropertyFilter {...properties} />
    </Suspense>
  );
}
