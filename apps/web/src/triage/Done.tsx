import { useEffect, useRef } from 'react';
import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';

interface DoneProps {
  readonly text: string;
  readonly onDismiss: () => void;
  /** Takes back what was done. */
  readonly undo?: { readonly busy: boolean; readonly onUndo: () => void } | undefined;
}

/** What was just done. Takes the focus when it appears, because what was pressed may be gone or have nothing left to do. */
export function Done({ text, onDismiss, undo }: DoneProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (text !== '') element.current?.focus();
  }, [text]);
  if (text === '') return null;
  return (
    <div ref={element} tabIndex={-1} role="status">
      <Alert
        type="success"
        dismissible
        dismissAriaLabel="Dismiss"
        onDismiss={onDismiss}
        action={
          undo === undefined ? undefined : (
            <Button loading={undo.busy} onClick={undo.onUndo}>
              Undo
            </Button>
          )
        }
      >
        {text}
      </Alert>
    </div>
  );
}
