import { useQuery } from '@apollo/client/react';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { usePageLayout } from '../../frame/layout.js';
import { OverviewDocument, type OverviewQuery } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { ImageLink, ScanNews, ScanStages, ScanStatus } from '../../scans/ScanParts.js';
import { isActive } from '../../scans/scan-words.js';
import { useScanUpdates } from '../../scans/use-scan-updates.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Stack } from '../../ui/Panel.js';
import { Tile, TileRow } from '../../ui/Tile.js';
import { Time } from '../../ui/Time.js';
import { QueryView } from '../QueryView.js';
import { FirstRun } from './FirstRun.js';
import { SampleNote } from './SampleNote.js';

/** How much is covered, what is going on, and where to start. */
export function OverviewPage() {
  usePageLayout({ contentType: 'dashboard' });
  const result = useQuery(OverviewDocument, { fetchPolicy: 'cache-and-network' });
  const scans = (result.data ?? result.previousData)?.scans.edges.map(({ node }) => node) ?? [];
  const activeIds = scans.filter(({ state }) => isActive(state)).map(({ id }) => id);
  useScanUpdates({ ids: activeIds, active: activeIds.length > 0, refetch: result.refetch });
  return <QueryView result={result}>{(data) => <Overview data={data} />}</QueryView>;
}

function Overview({ data: { overview, plugins, scans } }: { readonly data: OverviewQuery }) {
  const rows = scans.edges.map(({ node }) => node);
  const empty = overview.connectionCount === 0;
  return (
    <>
      <PageHeader
        name="Overview"
        facts={empty ? 'Nothing is connected yet.' : `${formatQuantity(overview.imageCount, 'image')} from ${formatQuantity(overview.connectionCount, 'connection')}.`}
        actions={empty ? [] : [{ id: 'connect', text: 'Connect a registry', to: paths.integrations() }]}
      />
      <Stack>
        {overview.sampleConnectionId == null ? null : <SampleNote connectionId={overview.sampleConnectionId} />}
        {empty ? <FirstRun plugins={plugins} /> : <Coverage overview={overview} />}
        {empty && rows.length === 0 ? null : (
          <DataTable
            label="Recent scans"
            rows={rows}
            rowId={({ id }) => id}
            header={
              <SectionHeader variant="h2" actions={<AppLink to={paths.scans()}>Open in Scans</AppLink>}>
                Recent scans
              </SectionHeader>
            }
            empty={<EmptyState compact title="No scans" text="Scans appear here once an image is chosen." />}
            columns={[
              { id: 'image', header: 'Image', width: '32%', phoneLine: 1, cell: (scan) => <ImageLink image={scan.image} /> },
              { id: 'status', header: 'Status', width: 130, phoneLine: 2, cell: (scan) => <ScanStatus scan={scan} /> },
              { id: 'stages', header: 'Stages', width: 160, phoneLine: 2, cell: (scan) => <ScanStages scan={scan} /> },
              { id: 'result', header: 'Result', cell: (scan) => <ScanNews scan={scan} /> },
              { id: 'started', header: 'Started', width: 130, cell: (scan) => <Time instant={scan.startedAt ?? scan.createdAt} /> },
            ]}
          />
        )}
      </Stack>
    </>
  );
}

function Coverage({ overview }: { readonly overview: OverviewQuery['overview'] }) {
  const { imageCount, scannedImageCount, partialImageCount, failedScanCount, activeScanCount, oldestResultAt } = overview;
  const unscanned = imageCount - scannedImageCount;
  return (
    <TileRow>
      <Tile
        label="Images scanned"
        value={<AppLink to={paths.images()}>{`${formatCount(scannedImageCount)} of ${formatCount(imageCount)}`}</AppLink>}
        note={unscanned === 0 ? 'Every image has a result' : `${formatQuantity(unscanned, 'image')} without a result`}
      />
      <Tile
        label="Need attention"
        value={<AppLink to={paths.scans({ state: failedScanCount > 0 ? 'failed' : 'partial' })}>{formatCount(partialImageCount + failedScanCount)}</AppLink>}
        note={`${formatCount(partialImageCount)} partial, ${formatCount(failedScanCount)} failed`}
      />
      <Tile
        label="Scans under way"
        value={<AppLink to={paths.scans({ state: 'active' })}>{formatCount(activeScanCount)}</AppLink>}
        note={activeScanCount === 0 ? 'Nothing is waiting' : 'Results appear as they finish'}
      />
      <Tile label="Oldest result" value={oldestResultAt == null ? 'No result' : <Time instant={oldestResultAt} form="age" />} note={oldestResultAt == null ? 'No image is scanned yet' : <Time instant={oldestResultAt} />} />
    </TileRow>
  );
}
