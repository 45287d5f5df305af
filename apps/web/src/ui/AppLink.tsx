import Link, { type LinkProps } from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';

interface AppLinkProps {
  readonly to: string;
  readonly children: ReactNode;
  /** `running` in running text, where the line under it tells it apart; `plain` everywhere else. */
  readonly kind?: 'plain' | 'running';
  readonly fontSize?: LinkProps.FontSize;
  readonly ariaLabel?: string;
  /** A figure in the colour of its meaning instead of a link's. */
  readonly tone?: 'ink' | 'critical';
}

/** A link inside the app. Modified clicks and middle clicks stay the browser's. */
export function AppLink({ to, children, kind = 'plain', fontSize = 'inherit', ariaLabel, tone }: AppLinkProps) {
  const navigate = useNavigate();
  return (
    <Link
      href={to}
      variant={kind === 'running' ? 'primary' : 'secondary'}
      fontSize={fontSize}
      ariaLabel={ariaLabel}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {tone === undefined ? children : <span className={`esscm-tone-${tone}`}>{children}</span>}
    </Link>
  );
}
