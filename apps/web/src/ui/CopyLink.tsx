import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { useLocation } from 'react-router';

/** Copies the address of what is shown, for another person. */
export function CopyLink() {
  const { pathname, search } = useLocation();
  return <CopyToClipboard variant="inline" copyButtonAriaLabel="Copy the link to this page" textToDisplay="Link to this page" textToCopy={`${window.location.origin}${pathname}${search}`} copySuccessText="Link copied" copyErrorText="Could not copy" />;
}
