import { paths } from '../paths.js';
import { LinkButton } from '../ui/LinkButton.js';
import { PageMessage } from '../ui/PageMessage.js';

/** An address that leads nowhere, or to something that is gone; `what` names it. */
export function NotFoundPage({ what = 'page' }: { readonly what?: string }) {
  return (
    <PageMessage
      title={`There is no such ${what}`}
      text={what === 'page' ? 'The address may be mistyped.' : `This ${what} was deleted, or the address is mistyped.`}
      actions={<LinkButton to={paths.overview()}>Go to the overview</LinkButton>}
    />
  );
}
