import { useFindingFilter } from '../../findings/use-finding-filter.js';
import { formatQuantity } from '../../formats/format-count.js';
import { paths } from '../../paths.js';
import { Button } from '../../ui/Button.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { LinkButton } from '../../ui/LinkButton.js';

/** An empty list, in the words of its reason: filtered away, nothing scanned, or nothing known. */
export function NoFindings({ overview }: { readonly overview: { readonly imageCount: number; readonly scannedImageCount: number } }) {
  const [filter, setFilter] = useFindingFilter();
  if (Object.keys(filter).length > 0) return <EmptyState title="No match" text="No finding fits the filter." actions={<Button onClick={() => setFilter({})}>Clear filter</Button>} />;
  if (overview.scannedImageCount === 0) {
    return <EmptyState title="No result yet" text="Findings appear after the first scan. There is no statement about any vulnerability before it." actions={<LinkButton variant="primary" to={paths.integrations()}>Connect a registry</LinkButton>} />;
  }
  return <EmptyState title="No known vulnerabilities" text={`Nothing is known about the components of ${formatQuantity(overview.scannedImageCount, 'scanned image')}. The page of each image says which advisories it was matched with.`} />;
}
