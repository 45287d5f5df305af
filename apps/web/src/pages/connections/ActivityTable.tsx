import { useRef, useState } from 'react';
import { FindingCounts } from '../../findings/FindingCounts.js';
import { formatCount } from '../../formats/format-count.js';
import type { ActivityRowFragment } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { ImageLink, ScanNews, ScanStages, ScanStatus } from '../../scans/ScanParts.js';
import { isActive, scanNote } from '../../scans/scan-words.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { TextButton } from '../../ui/TextButton.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Segments } from '../../ui/Segments.js';
import { useAddressValue } from '../use-address-state.js';
import { activityOrder, heldOrder } from './activity-rows.js';
import type { ActivityTotals } from './activity-totals.js';
import styles from './connections.module.css';

type Filter = 'all' | 'running' | 'failed';

interface ActivityTableProps {
  readonly connectionId: string;
  readonly scans: readonly ActivityRowFragment[];
  readonly totals: ActivityTotals;
  readonly onRetry: (scanId: string) => void;
  readonly onCancel: (scanId: string) => void;
}

/** One row an image. Rows keep their places while the pointer or the focus is among them. */
export function ActivityTable({ connectionId, scans, totals, onRetry, onCancel }: ActivityTableProps) {
  const [address, setAddress] = useAddressValue('show');
  const [held, setHeld] = useState(false);
  const shown = useRef<readonly string[]>([]);
  const filter: Filter = address === 'running' || address === 'failed' ? address : 'all';
  const wanted = scans.filter(({ state }) => filter === 'all' || (filter === 'running' ? isActive(state) : state === 'FAILED'));
  const rows = held ? heldOrder(wanted, shown.current) : activityOrder(wanted);
  shown.current = rows.map(({ id }) => id);
  const now = new Date();
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
                  { id: 'all', text: `All ${formatCount(totals.total)}` },
                  { id: 'running', text: `Active ${formatCount(totals.count.queued + totals.count.running)}` },
                  { id: 'failed', text: `Failed ${formatCount(totals.count.failed)}` },
                ]}
                onChange={(id) => setAddress(id === 'all' ? '' : id)}
              />
            }
          >
            Images
          </SectionHeader>
        }
        footer={
          scans.length >= totals.total ? null : (
            <span className="esscm-secondary">
              {formatCount(scans.length)} of {formatCount(totals.total)} images are shown here. <AppLink to={paths.scans({ connection: connectionId })}>All scans of this connection</AppLink>
            </span>
          )
        }
        empty={
          filter === 'all' ? (
            <EmptyState compact title="No scans" text="Scans of this connection appear here." />
          ) : (
            <EmptyState compact title="No match" text={`The filter hides ${formatCount(totals.total)} images.`} actions={<Button onClick={() => setAddress('')}>Clear filter</Button>} />
          )
        }
        columns={[
          { id: 'image', header: 'Image', width: '28%', minWidth: 160, clips: true, phoneLine: 1, cell: ({ image }) => <ImageLink image={image} /> },
          { id: 'status', header: 'Status', width: 130, phoneLine: 2, cell: (scan) => <ScanStatus scan={scan} withStage /> },
          { id: 'stages', header: 'Stages', width: 160, phoneLine: 2, cell: (scan) => <ScanStages scan={scan} /> },
          { id: 'now', header: 'Now', minWidth: 150, clips: true, phoneLine: 3, cell: (scan) => (scan.state === 'SUCCEEDED' && scan.image.content != null ? <FindingCounts content={scan.image.content} to={paths.image(scan.image.id, 'vulnerabilities')} /> : <ScanNews scan={scan} />) },
          {
            id: 'actions',
            header: 'Note',
            width: '24%',
            minWidth: 200,
            clips: true,
            phoneLine: 3,
            cell: (scan) => {
              const { id, state } = scan;
              const note = scanNote(scan, now);
              return (
                <span className={styles['actions']}>
                  {note === undefined ? null : <span className={`esscm-secondary ${styles['note'] ?? ''}`} data-clips>{note}</span>}
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
              );
            },
          },
        ]}
      />
    </div>
  );
}
