import { useQuery } from '@apollo/client/react';
import { formatCount } from '../../formats/format-count.js';
import { formatSpan } from '../../formats/format-duration.js';
import { usePageLayout } from '../../frame/layout.js';
import { ScansDocument, type ScanState } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { QueuePause } from '../../scans/QueuePause.js';
import { ImageLink, ScanNews, ScanStages, ScanStatus } from '../../scans/ScanParts.js';
import { isActive, triggerText } from '../../scans/scan-words.js';
import { useScanQueue } from '../../scans/use-scan-queue.js';
import { useScanUpdates } from '../../scans/use-scan-updates.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { RemovableChip } from '../../ui/RemovableChip.js';
import { SearchField } from '../../ui/SearchField.js';
import { Segments } from '../../ui/Segments.js';
import { Time } from '../../ui/Time.js';
import { Toolbar } from '../../ui/Toolbar.js';
import { QueryView } from '../QueryView.js';
import { useAddressValue, useCursorPage, useSetAddressValues } from '../use-address-state.js';
import { queueFacts, scanFilterText, scanFilters, type ScanListFilter } from './scan-list-words.js';

const states: Readonly<Record<ScanListFilter, readonly ScanState[] | undefined>> = { all: undefined, active: ['QUEUED', 'RUNNING'], failed: ['FAILED'], partial: ['PARTIAL'] };
const newScansMs = 15_000;

/** Every scan: those that run, those that wait, those that have ended, each with the last begun first. */
export function ScansPage() {
  usePageLayout({ contentType: 'table' });
  const [address, setAddress] = useAddressValue('state');
  const [connectionId, setConnection] = useAddressValue('connection');
  const [imageId, setImage] = useAddressValue('image');
  const [search, setSearch] = useAddressValue('search');
  const setValues = useSetAddressValues();
  const { after, page, next, previous } = useCursorPage();
  const queueActions = useScanQueue();
  const filter = scanFilters.find((id) => id === address) ?? 'all';
  const wanted = states[filter];
  const result = useQuery(ScansDocument, {
    variables: {
      first: 50,
      after: after ?? null,
      connectionId,
      withConnection: connectionId !== '',
      filter: { search: search === '' ? null : search, states: wanted === undefined ? null : [...wanted], connectionId: connectionId === '' ? null : connectionId, imageId: imageId === '' ? null : imageId },
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
      {({ scans, scanQueue, connection }, refreshing) => {
        const narrowed = connectionId !== '' || imageId !== '' || search !== '';
        const retryFailed = async (): Promise<void> => {
          await queueActions.retryFailed();
          await result.refetch().catch(() => undefined);
        };
        return (
          <DataTable
            frame="page"
            label="Scans"
            rows={scans.edges.map(({ node }) => node)}
            rowId={({ id }) => id}
            header={
              <Stack>
                <PageHeader
                  name="Scans"
                  counter={`(${formatCount(Object.values({ ...scanQueue.counts, __typename: 0 }).reduce((sum, count) => sum + count, 0))})`}
                  facts={queueFacts(scanQueue.counts, scanQueue.pause == null ? scanQueue.typicalWaitMs : null)}
                  withoutPrimary
                  actions={[
                    ...(scanQueue.pause == null ? [{ id: 'pause', text: 'Pause queue', loading: queueActions.busy === 'pause', onClick: () => void queueActions.pause() }] : []),
                    ...(scanQueue.failedImageCount === 0
                      ? []
                      : [{ id: 'retry', text: `Retry failed (${formatCount(scanQueue.failedImageCount)})`, loading: queueActions.busy === 'retry', onClick: () => void retryFailed() }]),
                  ]}
                />
                <Notice problem={queueActions.problem} onDismiss={queueActions.dismiss} />
                <QueuePause queue={scanQueue} waiting={scanQueue.counts.queued} actions={queueActions} />
              </Stack>
            }
            filter={
              <Toolbar search={<SearchField value={search} onSearch={setSearch} placeholder="Find by image, tag, digest or connection" />}>
                <Segments
                  label="Which scans"
                  selected={filter}
                  options={scanFilters.map((id) => ({ id, text: scanFilterText(id, narrowed ? undefined : scanQueue.counts) }))}
                  onChange={(id) => setAddress(id === 'all' ? '' : id)}
                />
                {connectionId === '' ? null : <RemovableChip label="Connection" value={connection?.name ?? 'one'} onRemove={() => setConnection('')} />}
                {imageId === '' ? null : <RemovableChip label="Image" value={scans.edges[0]?.node.image.repository ?? 'one'} onRemove={() => setImage('')} />}
              </Toolbar>
            }
            pager={{ page, hasNext: scans.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(scans.pageInfo.endCursor ?? '') }}
            empty={
              filter === 'all' && !narrowed ? (
                <EmptyState title="No scans" text="Scans appear here once images are chosen in a connection." />
              ) : (
                <EmptyState
                  title="No match"
                  text={narrowed ? 'No scan fits the filter.' : `There is no ${filter} scan.`}
                  actions={<Button onClick={() => setValues({ state: '', search: '', connection: '', image: '' })}>Clear filter</Button>}
                />
              )
            }
            sort={{ column: 'started', descending: true }}
            columns={[
              { id: 'status', header: 'Status', width: 130, phoneLine: 2, cell: (scan) => <ScanStatus scan={scan} /> },
              { id: 'image', header: 'Image', width: '21%', minWidth: 160, clips: true, phoneLine: 1, cell: ({ image }) => <ImageLink image={image} /> },
              { id: 'stages', header: 'Stages', width: 160, phoneLine: 2, cell: (scan) => <ScanStages scan={scan} /> },
              {
                id: 'result',
                header: 'Result',
                minWidth: 130,
                clips: true,
                phoneLine: 3,
                cell: (scan) => (
                  <AppLink to={paths.scan(scan.id)} row="closed">
                    <ScanNews scan={scan} />
                  </AppLink>
                ),
              },
              { id: 'trigger', header: 'Started by', width: 130, phoneLine: 0, cell: ({ trigger }) => <span className="esscm-secondary">{triggerText(trigger)}</span> },
              { id: 'started', header: 'Started', width: 130, phoneLine: 3, sortable: 'descending', cell: ({ startedAt }) => (startedAt == null ? '–' : <Time instant={startedAt} form="event" />) },
              { id: 'took', header: 'Took', width: 110, phoneLine: 3, cell: ({ startedAt, endedAt }) => (startedAt == null ? '–' : formatSpan(startedAt, endedAt)) },
            ]}
          />
        );
      }}
    </QueryView>
  );
}
