import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from './Button.js';
import { EmptyState } from './EmptyState.js';

interface PageMessageProps {
  readonly title: string;
  readonly text: ReactNode;
  /** Shown last, in mono, to be read out. */
  readonly reference?: string | undefined;
  readonly onRetry?: () => void;
  readonly actions?: ReactNode;
}

/** Instead of a page: not found, not loaded, not allowed. Stands inside the frame. */
export function PageMessage({ title, text, reference, onRetry, actions }: PageMessageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ESSCM`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="esscm-visually-hidden">
        {title}
      </h1>
      <EmptyState
        title={title}
        text={text}
        actions={actions ?? (onRetry === undefined ? undefined : <Button onClick={onRetry}>Try again</Button>)}
        note={reference === undefined ? undefined : <span className="esscm-mono">Reference {reference}</span>}
      />
    </>
  );
}
