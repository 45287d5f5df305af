import { useRef, type ReactNode } from 'react';
import styles from './TextButton.module.css';
import { useTableStop } from './use-table-stop.js';

interface TextButtonProps {
  readonly children: ReactNode;
  readonly onClick: () => void;
  readonly ariaLabel?: string;
  /** Under way: cannot be pressed again. */
  readonly busy?: boolean;
}

/** A small action in a row or a sentence, in the look of a link. */
export function TextButton({ children, onClick, ariaLabel, busy = false }: TextButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const tabIndex = useTableStop(button);
  return (
    <button ref={button} type="button" className={styles['button']} aria-label={ariaLabel} disabled={busy} tabIndex={tabIndex} onClick={onClick}>
      {children}
    </button>
  );
}
