import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import { findingColumns } from '../../findings/finding-columns.js';
import { OpenedFinding } from '../../findings/OpenedFinding.js';
import { totalText } from '../../findings/total-text.js';
import type { FindingsQuery } from '../../gql/graphql.js';
import { imageSuffix } from '../../scans/image-suffix.js';
import { ImageLink } from '../../scans/ScanParts.js';
import { Done } from '../../triage/Done.js';
import { DecisionDialog } from '../../triage/DecisionDialog.js';
import { DataTable } from '../../ui/DataTable.js';
import type { PagerProps } from '../../ui/Pager.js';
import { useAddressDetail, withDetail } from '../use-address-state.js';
import styles from './findings.module.css';
import { FindingsHeader } from './FindingsHeader.js';
import { FindingsToolbar } from './FindingsToolbar.js';
import { NoFindings } from './NoFindings.js';

interface FindingTableProps {
  readonly data: FindingsQuery;
  readonly pager: PagerProps;
  readonly refetch: () => void;
}

type Row = FindingsQuery['findings']['edges'][number]['node'];

/** Findings one by one, to be decided about several at once; a row opens the panel with the proof. */
export function FindingTable({ data, pager, refetch }: FindingTableProps) {
  const [opened, setOpened] = useAddressDetail('finding');
  const [query] = useSearchParams();
  const close = useCallback(() => setOpened(''), [setOpened]);
  const rows: readonly Row[] = data.findings.edges.map(({ node }) => node);
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set());
  const [deciding, setDeciding] = useState(false);
  const [said, setSaid] = useState('');
  // Only what is on this page, so that nothing out of sight is decided about.
  const chosen = rows.filter(({ id }) => chosenIds.has(id));
  return (
    <>
      {said === '' ? null : (
        <div className={styles['said']}>
          <Done text={said} onDismiss={() => setSaid('')} />
        </div>
      )}
      <DataTable
        frame="page"
        label="Findings"
        rows={rows}
        rowId={({ id }) => id}
        header={<FindingsHeader findings={data.findings} overview={data.overview} onSaved={refetch} triage={{ chosen: chosen.length, onSetState: () => setDeciding(true) }} />}
        filter={<FindingsToolbar surroundings={data} countText={`${totalText(data.findings.totalCount)} matches`} onChanged={refetch} />}
        selection={{
          selected: chosen,
          onChange: (selected) => setChosenIds(new Set(selected.map(({ id }) => id))),
          rowLabel: ({ vulnerabilityId, packageName, image }) => `${vulnerabilityId} in ${packageName} of ${image.repository}${imageSuffix(image)}`,
        }}
        pager={pager}
        empty={<NoFindings overview={data.overview} />}
        columns={findingColumns<Row>({
          narrow: opened !== '',
          addressOf: (id) => `?${withDetail(query, 'finding', id)}`,
          where: { id: 'image', header: 'Image', width: '20%', phoneLine: 3, cell: ({ image }) => <ImageLink image={image} /> },
        })}
      />
      {opened === '' ? null : <OpenedFinding id={opened} name={rows.find(({ id }) => id === opened)?.vulnerabilityId ?? 'Finding'} onClose={close} />}
      {deciding ? (
        <DecisionDialog
          findingIds={chosen.map(({ id }) => id)}
          onClose={(text) => {
            setDeciding(false);
            if (text === undefined) return;
            setSaid(text);
            setChosenIds(new Set());
          }}
        />
      ) : null}
    </>
  );
}
