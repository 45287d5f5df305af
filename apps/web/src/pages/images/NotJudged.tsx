import type { MatchingFactsFragment } from '../../gql/graphql.js';
import { EmptyState } from '../../ui/EmptyState.js';

interface NotJudgedProps {
  readonly matching: Pick<MatchingFactsFragment, 'missingEcosystems'> | null;
  readonly compact?: boolean;
}

/** Why nothing is said about the vulnerabilities of an image: it was not matched, or there is nothing to match it with. */
export function NotJudged({ matching, compact = false }: NotJudgedProps) {
  if (matching === null) return <EmptyState compact={compact} title="Not matched yet" text="The components are known, but have not been held against advisories. There is no statement about vulnerabilities." />;
  const { missingEcosystems } = matching;
  return (
    <EmptyState
      compact={compact}
      title="No advisories to match with"
      text={`This server holds no advisories for what is in this image${missingEcosystems.length === 0 ? '' : ` (${missingEcosystems.join(', ')})`}. There is no statement about vulnerabilities.`}
    />
  );
}
