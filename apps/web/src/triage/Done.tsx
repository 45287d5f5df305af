import { useEffect, useRef } from 'react';
import { Alert } from '../ui/Alert.js';

/** What was just done. Takes the focus when it appears, because what was pressed may be gone or have nothing left to do. */
export function Done({ text, onDismiss }: { readonly text: string; readonly onDismiss: () => void }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (text !== '') element.current?.focus();
  }, [text]);
  if (text === '') return null;
  return (
    <div ref={element} tabIndex={-1} role="status">
      <Alert type="success" dismissible dismissAriaLabel="Dismiss" onDismiss={onDismiss}>
        {text}
      </Alert>
    </div>
  );
}
