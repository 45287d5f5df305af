import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

/** A button that copies a text that is not shown; its label says which. */
export function CopyButton({ text, children }: { readonly text: string; readonly children: string }) {
  return <CopyToClipboard copyButtonText={children} textToCopy={text} copySuccessText="Copied" copyErrorText="Could not copy" />;
}
