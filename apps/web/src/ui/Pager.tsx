import Button from '@cloudscape-design/components/button';
import styles from './Pager.module.css';

/** Which page of a list, and what turning it does. */
export interface PagerProps {
  /** From 1. */
  readonly page: number;
  readonly hasNext: boolean;
  readonly onPrevious: () => void;
  readonly onNext: () => void;
  readonly disabled?: boolean;
}

/** Back and forth through a list whose end is not known. */
export function Pager({ page, hasNext, onPrevious, onNext, disabled = false }: PagerProps) {
  return (
    <nav className={styles['pager']} aria-label="Pages">
      <Button variant="icon" iconName="angle-left" ariaLabel="Previous page" disabled={disabled || page === 1} onClick={onPrevious} />
      <span>Page {page}</span>
      <Button variant="icon" iconName="angle-right" ariaLabel="Next page" disabled={disabled || !hasNext} onClick={onNext} />
    </nav>
  );
}
