import { useLocation } from 'react-router';
import { CopyIcon } from './CopyIcon.js';

/** Copies the address of what is shown, for another person. */
export function CopyLink() {
  const { pathname, search } = useLocation();
  return (
    <span className="esscm-copied">
      Link to this page
      <CopyIcon text={`${window.location.origin}${pathname}${search}`} label="the link to this page" copied="Link copied" />
    </span>
  );
}
