import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import type { ReactNode } from 'react';

/** A short text with a copy icon; `children` is what is shown when it differs from what is copied. */
export function CopyText({ text, label, children }: { readonly text: string; readonly label: string; readonly children?: ReactNode }) {
  return (
    <CopyToClipboard
      variant="inline"
      copyButtonAriaLabel={`Copy ${label}`}
      textToCopy={text}
      textToDisplay={<span className="esscm-mono">{children ?? text}</span>}
      copySuccessText="Copied"
      copyErrorText="Could not copy"
    />
  );
}
