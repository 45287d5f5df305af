import { useRef } from 'react';
import { useTableStop } from '../ui/use-table-stop.js';
import styles from './Registry.module.css';

interface RepositoryNameProps {
  readonly label: string;
  /** Its images are shown. */
  readonly current: boolean;
  readonly onOpen: () => void;
}

/** A repository in the tree, which opens its images. A stop of the tree's arrow keys, as its box is. */
export function RepositoryName({ label, current, onOpen }: RepositoryNameProps) {
  const button = useRef<HTMLButtonElement>(null);
  const tabIndex = useTableStop(button);
  return (
    <button
      ref={button}
      type="button"
      className={current ? `${styles['name'] ?? ''} ${styles['current'] ?? ''}` : styles['name']}
      aria-current={current ? 'true' : undefined}
      tabIndex={tabIndex}
      onClick={onOpen}
    >
      {label}
    </button>
  );
}
