import { useRef, useState } from 'react';
import type { ScanRowFragment } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { ImageLink, ScanNews, ScanStages, ScanStatus } from '../../scans/ScanParts.js';
import { isActive } from '../../scans/scan-words.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { TextButton } from '../../ui/TextButton.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Segments } from '../../ui/Segments.js';
import { useAddressValue } from '../use-address-state.js';
import { activityOrder, heldOrder } from './activity-rows.js';
import styles from './connections.module.css';

type Filter = 'all' | 'running' | 'failed';

interface ActivityTableProps {
  readonly scans: readonly ScanRowFragment[];
  readonly onRetry: (scanId: string) => void;
  readonly onCancel: (scanId: string) => void;
}

/** One row an image. Rows keep their places while the pointer or the focus is among them. */
export function ActivityTable({ scans, onRetry, onCancel }: ActivityTableProps) {
  const [address, setAddress] = useAddressValue('show');
  const [held, setHeld] = useState(false);
  const shown = useRef<readonly string[]>([]);
  const filter: Filter = address === 'running' || address === 'failed' ? address : 'all';
  const wanted = scans.filter(({ state }) => filter === 'all' || (filter === 'running' ? isActive(state) : state === 'FAILED'));
  const rows = held ? heldOrder(wanted, shown.current) : activityOrder(wanted);
  shown.current = rows.map(({ id }) => id);
  const count = (states: (state: ScanRowFragment['state']) => boolean): number => scans.filter(({ state }) => states(state)).length;
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setHeld(false);
      }}
    >
      <DataTable
        label="Images"
        rows={rows}
        rowId={({ id }) => id}
        header={
          <SectionHeader
            variant="h2"
            actions={
              <Segments
                label="Which images"
                selected={filter}
                options={[
                  { id: 'all', text: `All ${scans.length}` },
                  { id: 'running', text: `Active ${count(isActive)}` },
                  { id: 'failed', text: `Failed ${count((state) => state === 'FAILED')}` },
                ]}
                onChange={(id) => setAddress(id === 'all' ? '' : id)}
              />
            }
          >
            Images
          </SectionHeader>
        }
        empty={
          filter === 'all' ? (
            <EmptyState compact title="No scans" text="Scans of this connection appear here." />
          ) : (
            <EmptyState compact title="No match" text={`The filter hides ${scans.length} images.`} actions={<Button onClick={() => setAddress('')}>Clear filter</Button>} />
          )
        }
        columns={[
          { id: 'image', header: 'Image', width: '30%', phoneLine: 1, cell: ({ image }) => <ImageLink image={image} /> },
          { id: 'status', header: 'Status', width: 140, phoneLine: 2, cell: (scan) => <ScanStatus scan={scan} withStage /> },
          { id: 'stages', header: 'Stages', width: 160, phoneLine: 2, cell: (scan) => <ScanStages scan={scan} /> },
          { id: 'now', header: 'Now', phoneLine: 3, cell: (scan) => <ScanNews scan={scan} /> },
          {
            id: 'actions',
            header: 'Actions',
            width: 150,
            phoneLine: 3,
            cell: ({ id, state }) => (
              <span className={styles['actions']}>
                {state === 'FAILED' || state === 'PARTIAL' ? <AppLink to={paths.scan(id)}>See why</AppLink> : null}
                {state === 'CANCELLED' || state === 'FAILED' ? (
                  <TextButton onClick={() => onRetry(id)}>
                    Retry
                  </TextButton>
                ) : null}
                {isActive(state) ? (
                  <TextButton onClick={() => onCancel(id)}>
                    Cancel
                  </TextButton>
                ) : null}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
