import { useQuery } from '@apollo/client/react';
import { totalText } from '../../findings/total-text.js';
import { useFindingFilter } from '../../findings/use-finding-filter.js';
import { formatQuantity } from '../../formats/format-count.js';
import { AllFindingsDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { Button } from '../../ui/Button.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { LinkButton } from '../../ui/LinkButton.js';

/** An empty list, in the words of its reason: filtered away, nothing scanned, or nothing known. */
export function NoFindings({ overview }: { readonly overview: { readonly imageCount: number; readonly scannedImageCount: number } }) {
  const [filter, setFilter] = useFindingFilter();
  const filtered = Object.keys(filter).length > 0;
  // Asked only here: counting what no filter hides takes its time where there are millions.
  const all = useQuery(AllFindingsDocument, { skip: !filtered }).data?.findings.totalCount;
  if (filtered) {
    const text = all === undefined || all.count === 0 ? 'No finding fits the filter.' : `The filter hides ${totalText(all)} ${all.count === 1 ? 'finding' : 'findings'}.`;
    return <EmptyState title="No match" text={text} actions={<Button onClick={() => setFilter({})}>Clear filter</Button>} />;
  }
  if (overview.scannedImageCount === 0) {
    return <EmptyState title="No result yet" text="Findings appear after the first scan. There is no statement about any vulnerability before it." actions={<LinkButton variant="primary" to={paths.integrations()}>Connect a registry</LinkButton>} />;
  }
  return <EmptyState title="No known vulnerabilities" text={`Nothing is known about the components of ${formatQuantity(overview.scannedImageCount, 'scanned image')}. The page of each image says which advisories it was matched with.`} />;
}
