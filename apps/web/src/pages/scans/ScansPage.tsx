import { useQuery } from '@apollo/client/react';
import { formatSpan } from '../../formats/format-duration.js';
import { usePageLayout } from '../../frame/layout.js';
import { ScansDocument, type ScanState } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { ImageLink, ScanNews, ScanStages, ScanStatus } from '../../scans/ScanParts.js';
import { isActive, triggerText } from '../../scans/scan-words.js';
import { useScanUpdates } from '../../scans/use-scan-updates.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { RemovableChip } from '../../ui/RemovableChip.js';
import { Segments } from '../../ui/Segments.js';
import { Time } from '../../ui/Time.js';
import { Toolbar } from '../../ui/Toolbar.js';
import { QueryView } from '../QueryView.js';
import { useAddressValue, useCursorPage } from '../use-address-state.js';

type Filter = 'all' | 'active' | 'failed' | 'partial';

const states: Readonly<Record<Filter, readonly ScanState[] | undefined>> = { all: undefined, active: ['QUEUED', 'RUNNING'], failed: ['FAILED'], partial: ['PARTIAL'] };
const options: readonly { readonly id: Filter; readonly text: string }[] = [
  { id: 'all', text: 'All' },
  { id: 'active', text: 'Active' },
  { id: 'failed', text: 'Failed' },
  { id: 'partial', text: 'Partial' },
];

const newScansMs = 15_000;

/** Every scan, newest first. */
export function ScansPage() {
  usePageLayout({ contentType: 'table' });
  const [address, setAddress] = useAddressValue('state');
  const [connectionId, setConnection] = useAddressValue('connection');
  const [imageId, setImage] = useAddressValue('image');
  const { after, page, next, previous } = useCursorPage();
  const filter = options.find(({ id }) => id === address)?.id ?? 'all';
  const wanted = states[filter];
  const result = useQuery(ScansDocument, {
    variables: {
      first: 50,
      after: after ?? null,
      filter: { states: wanted === undefined ? null : [...wanted], connectionId: connectionId === '' ? null : connectionId, imageId: imageId === '' ? null : imageId },
    },
    fetchPolicy: 'cache-and-network',
    // Events are of scans that are known here; what others start is asked for now and then.
    pollInterval: newScansMs,
    skipPollAttempt: () => document.hidden,
  });
  const shown = (result.data ?? result.previousData)?.scans.edges.map(({ node }) => node) ?? [];
  const active = shown.filter(({ state }) => isActive(state)).map(({ id }) => id);
  useScanUpdates({ ids: active, active: active.length > 0, refetch: result.refetch });
  return (
    <QueryView result={result}>
      {({ scans }, refreshing) => (
        <DataTable
          frame="page"
          label="Scans"
          rows={scans.edges.map(({ node }) => node)}
          rowId={({ id }) => id}
          header={<PageHeader name="Scans" facts={active.length > 0 ? `${active.length} under way on this page.` : 'Nothing is running on this page.'} />}
          filter={
            <Toolbar>
              <Segments label="Which scans" selected={filter} options={options} onChange={(id) => setAddress(id === 'all' ? '' : id)} />
              {connectionId === '' ? null : <RemovableChip label="Connection" value="one" onRemove={() => setConnection('')} />}
              {imageId === '' ? null : <RemovableChip label="Image" value={scans.edges[0]?.node.image.repository ?? 'one'} onRemove={() => setImage('')} />}
            </Toolbar>
          }
          pager={{ page, hasNext: scans.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(scans.pageInfo.endCursor ?? '') }}
          empty={
            filter === 'all' ? (
              <EmptyState title="No scans" text="Scans appear here once images are chosen in a connection." />
            ) : (
              <EmptyState title="No match" text={`There is no ${filter} scan.`} actions={<Button onClick={() => setAddress('')}>Clear filter</Button>} />
            )
          }
          columns={[
            { id: 'status', header: 'Status', width: 130, phoneLine: 2, cell: (scan) => <ScanStatus scan={scan} /> },
            { id: 'image', header: 'Image', width: '24%', phoneLine: 1, cell: ({ image }) => <ImageLink image={image} /> },
            { id: 'stages', header: 'Stages', width: 160, phoneLine: 2, cell: (scan) => <ScanStages scan={scan} /> },
            {
              id: 'result',
              header: 'Result',
              phoneLine: 3,
              cell: (scan) => (
                <AppLink to={paths.scan(scan.id)}>
                  <ScanNews scan={scan} />
                </AppLink>
              ),
            },
            { id: 'trigger', header: 'Started by', width: 130, phoneLine: 0, cell: ({ trigger }) => <span className="esscm-secondary">{triggerText(trigger)}</span> },
            { id: 'started', header: 'Started', width: 130, phoneLine: 3, cell: ({ startedAt, createdAt }) => <Time instant={startedAt ?? createdAt} form="event" /> },
            { id: 'took', header: 'Took', width: 110, phoneLine: 3, cell: ({ startedAt, endedAt }) => (startedAt == null ? '–' : formatSpan(startedAt, endedAt)) },
          ]}
        />
      )}
    </QueryView>
  );
}
