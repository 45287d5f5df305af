import KitModal, { type ModalProps } from '@cloudscape-design/components/modal';
import { useEffect, useRef, type ReactNode } from 'react';

/** The kit's dialog, which begins at its first field where it asks for something. The kit alone begins at Close, and with `autoFocus` forgets where the focus was before. */
export function Modal({ children, ...props }: ModalProps) {
  return (
    <KitModal {...props}>
      <FieldFirst>{children}</FieldFirst>
    </KitModal>
  );
}

function FieldFirst({ children }: { readonly children: ReactNode }) {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After the kit, which first remembers where the focus was, and goes to its own button.
    queueMicrotask(() => content.current?.querySelector<HTMLElement>('input, textarea, button[aria-haspopup]')?.focus());
  }, []);
  return <div ref={content}>{children}</div>;
}
