import type { ReactNode } from 'react';
import { Button } from './Button.js';
import { Modal } from './Modal.js';
import { SpaceBetween } from './SpaceBetween.js';

interface ConfirmDeleteProps {
  readonly title: string;
  /** What goes with it. */
  readonly children: ReactNode;
  readonly confirm: string;
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something is destroyed, saying what goes with it. */
export function ConfirmDelete({ title, children, confirm, busy, onConfirm, onCancel }: ConfirmDeleteProps) {
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Cancel"
      onDismiss={onCancel}
      footer={
        <SpaceBetween direction="horizontal" size="xs" alignItems="end">
          <Button variant="link" onClick={onCancel}>
            Cancel
          </Button>
          <Button variant="primary" loading={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </SpaceBetween>
      }
    >
      {children}
    </Modal>
  );
}
