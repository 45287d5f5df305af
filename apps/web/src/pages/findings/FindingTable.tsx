import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { findingColumns } from '../../findings/finding-columns.js';
import { FindingPanel } from '../../findings/FindingPanel.js';
import { totalText } from '../../findings/total-text.js';
import type { FindingsQuery } from '../../gql/graphql.js';
import { ImageLink } from '../../scans/ScanParts.js';
import { DataTable } from '../../ui/DataTable.js';
import type { PagerProps } from '../../ui/Pager.js';
import { useAddressDetail, withDetail } from '../use-address-state.js';
import { FindingsHeader } from './FindingsHeader.js';
import { FindingsToolbar } from './FindingsToolbar.js';
import { NoFindings } from './NoFindings.js';

interface FindingTableProps {
  readonly data: FindingsQuery;
  readonly pager: PagerProps;
  readonly refetch: () => void;
}

/** Findings one by one; a row opens the panel with the proof. */
export function FindingTable({ data, pager, refetch }: FindingTableProps) {
  const [opened, setOpened] = useAddressDetail('finding');
  const [query] = useSearchParams();
  const close = useCallback(() => setOpened(''), [setOpened]);
  const rows = data.findings.edges.map(({ node }) => node);
  return (
    <>
      <DataTable
        frame="page"
        label="Findings"
        rows={rows}
        rowId={({ id }) => id}
        header={<FindingsHeader findings={data.findings} overview={data.overview} onSaved={refetch} />}
        filter={<FindingsToolbar surroundings={data} countText={`${totalText(data.findings.totalCount)} matches`} onChanged={refetch} />}
        pager={pager}
        empty={<NoFindings overview={data.overview} />}
        columns={findingColumns<FindingsQuery['findings']['edges'][number]['node']>({
          narrow: opened !== '',
          addressOf: (id) => `?${withDetail(query, 'finding', id)}`,
          where: { id: 'image', header: 'Image', width: '20%', phoneLine: 3, cell: ({ image }) => <ImageLink image={image} /> },
        })}
      />
      {opened === '' ? null : <FindingPanel id={opened} name={rows.find(({ id }) => id === opened)?.vulnerabilityId ?? 'Finding'} onClose={close} />}
    </>
  );
}
