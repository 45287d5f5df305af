import { useLocation } from 'react-router';
import { LinkButton } from '../ui/LinkButton.js';
import { PageMessage } from '../ui/PageMessage.js';

/** The page exists, and its address asks for a part of it that nobody can know: cut short, mistyped, or of another list. */
export function WrongAddressPage({ reference }: { readonly reference: string | undefined }) {
  const { pathname, search } = useLocation();
  const query = new URLSearchParams(search);
  const turned = query.has('after');
  query.delete('after');
  query.delete('page');
  const filter = turned && query.size > 0 ? `?${query.toString()}` : '';
  return (
    <PageMessage
      title="This address cannot be read"
      text="A value in it is none this server knows: the address was cut short, or made for another list."
      reference={reference}
      actions={<LinkButton to={`${pathname}${filter}`}>{turned ? 'Show the first page' : 'Show the page without it'}</LinkButton>}
    />
  );
}
