import styles from './Skeleton.module.css';

/** The shape of a page whose content is on its way; appears after 200 ms, so that quick answers do not flicker. */
export function PageSkeleton() {
  return (
    <div className={styles['page']} role="status" aria-label="Loading">
      <div className={styles['bar']} style={{ inlineSize: 220, blockSize: 26 }} />
      <div className={styles['bar']} style={{ inlineSize: 380, blockSize: 14 }} />
      <div className={styles['box']} />
    </div>
  );
}
