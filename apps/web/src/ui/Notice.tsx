import { useEffect, useRef } from 'react';
import { Alert } from './Alert.js';

/** Why the last thing asked for was refused. Takes the focus when it appears. */
export function Notice({ problem, onDismiss }: { readonly problem: string | undefined; readonly onDismiss: () => void }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem !== undefined) element.current?.focus();
  }, [problem]);
  if (problem === undefined) return null;
  return (
    <div ref={element} tabIndex={-1}>
      <Alert type="error" dismissible onDismiss={onDismiss}>
        {problem}
      </Alert>
    </div>
  );
}
