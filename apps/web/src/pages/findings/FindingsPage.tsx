import { useQuery } from '@apollo/client/react';
import { filterInput, type FindingFilter } from '../../findings/finding-filter.js';
import { findingGroupOrders, findingOrder } from '../../findings/finding-order.js';
import { readColumns } from '../../findings/optional-columns.js';
import { useFindingFilter } from '../../findings/use-finding-filter.js';
import { usePageLayout } from '../../frame/layout.js';
import { FindingGroupsDocument, FindingsDocument, type FindingGrouping } from '../../gql/graphql.js';
import { QueryView } from '../QueryView.js';
import { useAddressValue, useCursorPage } from '../use-address-state.js';
import { useListOrder } from '../use-list-order.js';
import { FindingGroupTable } from './FindingGroupTable.js';
import { FindingTable } from './FindingTable.js';

const groupings: Readonly<Record<string, FindingGrouping>> = { vulnerability: 'VULNERABILITY', component: 'COMPONENT', image: 'IMAGE' };
const pageSize = 50;

/** What is known to be wrong in any image, put together by vulnerability, component or image, or one by one. */
export function FindingsPage() {
  usePageLayout({ contentType: 'table' });
  const [view] = useAddressValue('group');
  if (view === 'none') return <Ungrouped />;
  return <Grouped groupBy={groupings[view] ?? 'VULNERABILITY'} />;
}

function Ungrouped() {
  const [filter] = useFindingFilter();
  const { after, page, next, previous } = useCursorPage();
  const [columns] = useAddressValue('columns');
  const withAliases = readColumns(columns).includes('aliases');
  const order = useListOrder(findingOrder);
  const result = useQuery(FindingsDocument, { variables: { filter: filterInput(filter), ...order.input, first: pageSize, after: after ?? null, ...imageOf(filter), withAliases }, fetchPolicy: 'cache-and-network' });
  return (
    <QueryView result={result}>
      {(data, refreshing) => (
        <FindingTable data={data} order={order} pager={{ page, hasNext: data.findings.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(data.findings.pageInfo.endCursor ?? '') }} refetch={() => void result.refetch()} />
      )}
    </QueryView>
  );
}

function Grouped({ groupBy }: { readonly groupBy: FindingGrouping }) {
  const [filter] = useFindingFilter();
  const { after, page, next, previous } = useCursorPage();
  const order = useListOrder(findingGroupOrders[groupBy]);
  const result = useQuery(FindingGroupsDocument, { variables: { filter: filterInput(filter), groupBy, ...order.input, first: pageSize, after: after ?? null, ...imageOf(filter) }, fetchPolicy: 'cache-and-network' });
  return (
    <QueryView result={result}>
      {(data, refreshing) => (
        <FindingGroupTable
          groupBy={groupBy}
          data={data}
          sort={order.table}
          pager={{ page, hasNext: data.findingGroups.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(data.findingGroups.pageInfo.endCursor ?? '') }}
          refetch={() => void result.refetch()}
        />
      )}
    </QueryView>
  );
}

/** The image of the filter is asked for by name. */
function imageOf({ image }: FindingFilter): { readonly imageId: string; readonly withImage: boolean } {
  return { imageId: image ?? '', withImage: image !== undefined };
}
