import { useRef, type MouseEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import styles from './AppLink.module.css';
import { useTableStop } from './use-table-stop.js';

interface AppLinkProps {
  readonly to: string;
  readonly children: ReactNode;
  /** `running` in running text, where the line under it tells it apart; `plain` everywhere else. */
  readonly kind?: 'plain' | 'running';
  readonly ariaLabel?: string;
  /** A figure in the colour of its meaning instead of a link's. */
  readonly tone?: 'ink' | 'critical';
  /** The link its table row leads to, which a click anywhere in the row follows; `open` while that stands beside the table. */
  readonly row?: 'closed' | 'open';
}

/**
 * A link inside the app. Modified clicks and middle clicks stay the browser's. An element of our own in the look of the kit's link: a page of a
 * table has two hundred of them, and the kit's takes several times as long to draw.
 */
export function AppLink({ to, children, kind = 'plain', ariaLabel, tone, row }: AppLinkProps) {
  const navigate = useNavigate();
  const link = useRef<HTMLAnchorElement>(null);
  const tabIndex = useTableStop(link);
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || event.shiftKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    void navigate(to);
  };
  return (
    <a
      ref={link}
      href={to}
      className={kind === 'running' ? `${styles['link'] ?? ''} ${styles['running'] ?? ''}` : styles['link']}
      aria-label={ariaLabel}
      aria-current={row === 'open' ? 'true' : undefined}
      data-row-link={row === undefined ? undefined : ''}
      tabIndex={tabIndex}
      onClick={follow}
    >
      {tone === undefined ? children : <span className={`esscm-tone-${tone}`}>{children}</span>}
    </a>
  );
}
