import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import styles from './CodeBlock.module.css';

/** Text to copy, such as a policy. Scrolls by itself; `label` names it for screen readers. */
export function CodeBlock({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className={styles['block']}>
      <div className={styles['copy']}>
        <CopyToClipboard copyButtonText="Copy" copyButtonAriaLabel={`Copy ${label}`} textToCopy={text} copySuccessText="Copied" copyErrorText="Could not copy" />
      </div>
      {/* Focusable, so that the keyboard can scroll it. */}
      <pre tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
    </div>
  );
}
