import type { ReactNode } from 'react';
import { CopyIcon } from './CopyIcon.js';

/** A short text and the icon that copies it; `children` is what is shown when it differs from what is copied. */
export function CopyText({ text, label, children }: { readonly text: string; readonly label: string; readonly children?: ReactNode }) {
  return (
    <span className="esscm-copied">
      <span className="esscm-mono">{children ?? text}</span>
      <CopyIcon text={text} label={label} />
    </span>
  );
}
