import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

interface CopyIconProps {
  readonly text: string;
  /** What it copies, in words: "digest". */
  readonly label: string;
  /** What is said once it is copied. */
  readonly copied?: string;
}

/** The icon that copies what stands before it; the kit's own text would stand after it. */
export function CopyIcon({ text, label, copied = 'Copied' }: CopyIconProps) {
  return <CopyToClipboard variant="inline" copyButtonAriaLabel={`Copy ${label}`} textToCopy={text} textToDisplay="" copySuccessText={copied} copyErrorText="Could not copy" />;
}
