import { useQuery } from '@apollo/client/react';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { csvAddress, filterInput } from '../../findings/finding-filter.js';
import { filterChoices, filterOfTokens, filterTokens } from '../../findings/filter-tokens.js';
import { findingColumns } from '../../findings/finding-columns.js';
import { findingOrder } from '../../findings/finding-order.js';
import { OpenedFinding } from '../../findings/OpenedFinding.js';
import { resultCounts } from '../../findings/result-counts.js';
import { totalText } from '../../findings/total-text.js';
import { useFindingFilter } from '../../findings/use-finding-filter.js';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { ImageFindingsDocument, type FindingRowFragment, type FindingSort } from '../../gql/graphql.js';
import { Button } from '../../ui/Button.js';
import { findingByFinding, useBulkTriage } from '../../triage/use-bulk-triage.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { orderedColumns } from '../../ui/list-order.js';
import type { PagerProps } from '../../ui/Pager.js';
import { PropertyFilter } from '../../ui/PropertyFilter.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';
import { Time } from '../../ui/Time.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail, useCursorPage, withDetail } from '../use-address-state.js';
import { useListOrder } from '../use-list-order.js';
import type { ImageDetails } from './image-details.js';
import { NotJudged } from './NotJudged.js';

const properties = new Set(['severity', 'state', 'exploited', 'fix', 'epss', 'package', 'type', 'since', 'hidden']);

/** Findings of one image, worst first or in the order asked for; a row opens the proof. */
export function VulnerabilitiesTab({ image, content }: { readonly image: ImageDetails; readonly content: NonNullable<ImageDetails['content']> }) {
  const [filter] = useFindingFilter();
  const { after, page, next, previous } = useCursorPage();
  const order = useListOrder(findingOrder);
  const { image: _, ...wanted } = filter;
  const result = useQuery(ImageFindingsDocument, { variables: { id: image.id, filter: filterInput(wanted), ...order.input, first: 50, after: after ?? null }, fetchPolicy: 'cache-and-network' });
  const { matching } = content;
  const said = resultCounts(content);
  if (matching === null || said.kind === 'none') return <NotJudged matching={matching} />;
  return (
    <QueryView result={result}>
      {(data, refreshing) => {
        const list = data.image?.content?.findings;
        return (
          <Findings
            image={image}
            content={content}
            matching={matching}
            rows={list?.edges.map(({ node }) => node) ?? []}
            totalCount={list?.totalCount ?? { count: 0, exact: true }}
            atLeast={said.atLeast}
            order={order}
            pager={{ page, hasNext: list?.pageInfo.hasNextPage ?? false, disabled: refreshing, onPrevious: previous, onNext: () => next(list?.pageInfo.endCursor ?? '') }}
          />
        );
      }}
    </QueryView>
  );
}

interface FindingsProps {
  readonly image: ImageDetails;
  readonly content: NonNullable<ImageDetails['content']>;
  readonly matching: NonNullable<NonNullable<ImageDetails['content']>['matching']>;
  readonly rows: readonly FindingRowFragment[];
  readonly totalCount: { readonly count: number; readonly exact: boolean };
  /** A part was not read or not judged. */
  readonly atLeast: boolean;
  readonly order: ReturnType<typeof useListOrder<FindingSort>>;
  readonly pager: PagerProps;
}

function Findings({ image, content, matching, rows, totalCount, atLeast, order, pager }: FindingsProps) {
  const [filter, setFilter] = useFindingFilter();
  const [opened, setOpened] = useAddressDetail('finding');
  const [query] = useSearchParams();
  const close = useCallback(() => setOpened(''), [setOpened]);
  const { image: _, ...wanted } = filter;
  const triage = useBulkTriage({ ...findingByFinding, rows, total: totalCount, filter: filterInput({ ...wanted, image: image.id }) });
  const filtered = filterTokens(wanted).length > 0;
  const total = totalText(totalCount);
  return (
    <>
      {triage.outcome}
      <DataTable
        label="Vulnerabilities"
        rows={rows}
        rowId={({ id }) => id}
        wrapLines
        header={
          <SectionHeader
            variant="h2"
            counter={`(${atLeast ? 'at least ' : ''}${total}${filtered ? ` of ${formatCount(matching.counts.total)}` : ''})`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button href={csvAddress({ ...wanted, image: image.id }, order.input)} iconName="download">
                  Export CSV
                </Button>
                <Button disabled={triage.disabled} onClick={triage.open}>
                  {triage.buttonText}
                </Button>
              </SpaceBetween>
            }
          >
            Vulnerabilities
          </SectionHeader>
        }
        filter={
          <>
            <PropertyFilter
              placeholder="Filter by severity, package or fix"
              choices={filterChoices([], [], wanted).filter(({ name }) => properties.has(name))}
              tokens={filterTokens(wanted)}
              onChange={(tokens) => setFilter(filterOfTokens(tokens))}
              countText={`${total} matches`}
            />
            {triage.reach}
          </>
        }
        selection={{ selected: triage.chosen, onChange: triage.choose, rowLabel: ({ vulnerabilityId, packageName }) => `${vulnerabilityId} in ${packageName}` }}
        sort={order.table}
        pager={pager}
        empty={
          filtered ? (
            <EmptyState compact title="No match" text={`The filter hides ${formatQuantity(matching.counts.total, 'finding')}.`} actions={<Button onClick={() => setFilter({})}>Clear filter</Button>} />
          ) : atLeast ? (
            <EmptyState compact title="None found so far" text="A part of this image was not read or not judged, so this is not a clean result." />
          ) : (
            <EmptyState
              compact
              title="No known vulnerabilities"
              text={
                <>
                  {formatQuantity(content.componentCount, 'component')} matched against advisories of <Time instant={matching.advisoriesAt} />.
                </>
              }
            />
          )
        }
        columns={orderedColumns(findingColumns<FindingRowFragment>({ opened, addressOf: (id) => `?${withDetail(query, 'finding', id)}`, ofImages: undefined }), findingOrder)}
      />
      {opened === '' ? null : <OpenedFinding id={opened} rows={rows} onOpen={setOpened} onClose={close} />}
      {triage.dialog}
    </>
  );
}
