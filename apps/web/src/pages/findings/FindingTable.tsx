import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { filterInput } from '../../findings/finding-filter.js';
import { findingColumns } from '../../findings/finding-columns.js';
import { findingOrder } from '../../findings/finding-order.js';
import { optionalColumns, readColumns, writeColumns } from '../../findings/optional-columns.js';
import { OpenedFinding } from '../../findings/OpenedFinding.js';
import { totalText } from '../../findings/total-text.js';
import { useFindingFilter } from '../../findings/use-finding-filter.js';
import type { FindingSort, FindingsQuery } from '../../gql/graphql.js';
import { imageSuffix } from '../../scans/image-suffix.js';
import { ImageLink } from '../../scans/ScanParts.js';
import { findingByFinding, useBulkTriage } from '../../triage/use-bulk-triage.js';
import { ColumnChoice } from '../../ui/ColumnChoice.js';
import { DataTable } from '../../ui/DataTable.js';
import { orderedColumns } from '../../ui/list-order.js';
import type { PagerProps } from '../../ui/Pager.js';
import { useAddressDetail, useSetAddressDetails, withDetail } from '../use-address-state.js';
import type { useListOrder } from '../use-list-order.js';
import { FindingsHeader } from './FindingsHeader.js';
import { FindingsToolbar } from './FindingsToolbar.js';
import { NoFindings } from './NoFindings.js';

interface FindingTableProps {
  readonly data: FindingsQuery;
  readonly order: ReturnType<typeof useListOrder<FindingSort>>;
  readonly pager: PagerProps;
  readonly refetch: () => void;
}

type Row = FindingsQuery['findings']['edges'][number]['node'];

/** Findings one by one, to be decided about several at once; a row opens the panel with the proof. */
export function FindingTable({ data, order, pager, refetch }: FindingTableProps) {
  const [opened, setOpened] = useAddressDetail('finding');
  const [query] = useSearchParams();
  const close = useCallback(() => setOpened(''), [setOpened]);
  const rows: readonly Row[] = data.findings.edges.map(({ node }) => node);
  const [filter] = useFindingFilter();
  const shown = readColumns(query.get('columns') ?? '');
  const setDetails = useSetAddressDetails();
  const triage = useBulkTriage({ ...findingByFinding, rows, total: data.findings.totalCount, filter: filterInput(filter) });
  return (
    <>
      {triage.outcome}
      <DataTable
        frame="page"
        label="Findings"
        rows={rows}
        rowId={({ id }) => id}
        header={<FindingsHeader findings={data.findings} overview={data.overview} csv={order.input} onSaved={refetch} triage={triage} />}
        filter={
          <>
            <FindingsToolbar surroundings={data} countText={`${totalText(data.findings.totalCount)} matches`} onChanged={refetch} columns={<ColumnChoice columns={optionalColumns} shown={shown} onChange={(chosen) => setDetails({ columns: writeColumns(chosen) })} />} />
            {triage.reach}
          </>
        }
        selection={{
          selected: triage.chosen,
          onChange: triage.choose,
          rowLabel: ({ vulnerabilityId, packageName, image }) => `${vulnerabilityId} in ${packageName} of ${image.repository}${imageSuffix(image)}`,
        }}
        sort={order.table}
        pager={pager}
        empty={<NoFindings overview={data.overview} />}
        columns={orderedColumns(findingColumns<Row>({
          opened,
          addressOf: (id) => `?${withDetail(query, 'finding', id)}`,
          ofImages: {
            image: { id: 'image', header: 'Image', width: '17%', minWidth: 120, clips: true, phoneLine: 3, cell: ({ image }) => <ImageLink image={image} /> },
            shown,
            aliasesOf: ({ identifiers = [], vulnerabilityId }) => identifiers.filter((identifier) => identifier !== vulnerabilityId),
          },
        }), findingOrder)}
      />
      {opened === '' ? null : <OpenedFinding id={opened} rows={rows} onOpen={setOpened} onClose={close} />}
      {triage.dialog}
    </>
  );
}
