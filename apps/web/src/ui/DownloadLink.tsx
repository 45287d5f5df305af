import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';

interface DownloadLinkProps {
  /** Path on the ESSCM server, which names the file. */
  readonly href: string;
  readonly children: ReactNode;
  readonly ariaLabel: string;
}

/** A link to a file. It opens beside the app, so that a refusal does not take the page away. */
export function DownloadLink({ href, children, ariaLabel }: DownloadLinkProps) {
  return (
    <Link href={href} target="_blank" variant="secondary" fontSize="inherit" ariaLabel={ariaLabel}>
      {children}
    </Link>
  );
}
