import { Button } from './Button.js';
import styles from './FullPageMessage.module.css';
import { Logo } from './Logo.js';

interface FullPageMessageProps {
  /** Without a title: the app is starting. */
  readonly title?: string;
  readonly text?: string;
  readonly reference?: string;
  readonly onRetry?: () => void;
}

/** Shown instead of the whole app while it starts or cannot start. */
export function FullPageMessage({ title, text, reference, onRetry }: FullPageMessageProps) {
  if (title === undefined) {
    return (
      <div className={styles['page']} role="status" aria-label="Loading">
        <div className={styles['waiting']}>
          <Logo size={40} />
        </div>
      </div>
    );
  }
  return (
    <main className={styles['page']}>
      <Logo size={40} />
      <h1 className={styles['title']}>{title}</h1>
      <p className={styles['text']}>{text}</p>
      {reference === undefined ? null : <p className="esscm-mono esscm-tertiary">Reference {reference}</p>}
      {onRetry === undefined ? null : <Button onClick={onRetry}>Try again</Button>}
    </main>
  );
}
