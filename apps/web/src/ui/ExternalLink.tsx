import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';

/** A link to another site, opened in a tab of its own. */
export function ExternalLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} external variant="secondary" fontSize="inherit" externalIconAriaLabel="Opens in a new tab">
      {children}
    </Link>
  );
}
