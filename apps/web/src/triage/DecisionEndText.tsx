import type { DecisionFactsFragment } from '../gql/graphql.js';
import { Time } from '../ui/Time.js';

/** Until when a decision holds that nobody withdraws. */
export function DecisionEndText({ decision: { expiresAt, reopenWhenFixed } }: { readonly decision: Pick<DecisionFactsFragment, 'expiresAt' | 'reopenWhenFixed'> }) {
  if (expiresAt == null) return <>{reopenWhenFixed ? 'When there is a fix' : 'No end'}</>;
  return (
    <>
      <Time instant={expiresAt} />
      {reopenWhenFixed ? ', or with a fix' : ''}
    </>
  );
}
