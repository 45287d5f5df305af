import { useQuery } from '@apollo/client/react';
import { PackageText } from '../../findings/finding-columns.js';
import { FixList } from '../../findings/FixList.js';
import { severityLevel } from '../../findings/severity.js';
import { formatQuantity } from '../../formats/format-count.js';
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
import { Columns, Panel, Stack } from '../../ui/Panel.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { ExploitedBadge, SeverityMark } from '../../ui/Severity.js';
import { Time } from '../../ui/Time.js';
import { QueryView } from '../QueryView.js';
import { FirstRun } from './FirstRun.js';
import { OverviewTiles } from './OverviewTiles.js';
import { SampleNote } from './SampleNote.js';
import { Trend } from './Trend.js';

/** What is worst, what to do first, how it goes, and how much is covered. */
export function OverviewPage() {
  usePageLayout({ contentType: 'dashboard' });
  const result = useQuery(OverviewDocument, { fetchPolicy: 'cache-and-network' });
  const scans = (result.data ?? result.previousData)?.scans.edges.map(({ node }) => node) ?? [];
  const activeIds = scans.filter(({ state }) => isActive(state)).map(({ id }) => id);
  useScanUpdates({ ids: activeIds, active: activeIds.length > 0, refetch: result.refetch });
  return <QueryView result={result}>{(data) => <Overview data={data} />}</QueryView>;
}

function Overview({ data }: { readonly data: OverviewQuery }) {
  const { overview, plugins } = data;
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
        {empty ? <FirstRun plugins={plugins} /> : <Results data={data} />}
      </Stack>
    </>
  );
}

function Results({ data: { overview, findings, findingTrend, topFixes, scans } }: { readonly data: OverviewQuery }) {
  const news = findings.edges.map(({ node }) => node);
  const running = scans.edges.map(({ node }) => node);
  return (
    <>
      <OverviewTiles overview={overview} totals={findings.totals} />
      {news.length === 0 ? null : (
        <Columns>
          <Panel title="Fix first" description="Ordered by exploited and critical findings removed">
            {topFixes.length === 0 ? <EmptyState compact title="Nothing to upgrade to" text="No finding has a fixed version yet." /> : <FixList fixes={topFixes} />}
            {topFixes.length < 4 ? null : (
              <p className="esscm-more">
                <AppLink to={paths.findings({ group: 'component', fix: 'available' })}>All fixes</AppLink>
              </p>
            )}
          </Panel>
          <Trend days={findingTrend} />
        </Columns>
      )}
      {news.length === 0 ? null : (
        <DataTable
          label="New findings"
          rows={news}
          rowId={({ id }) => id}
          header={
            <SectionHeader variant="h2" actions={<AppLink to={paths.findings({ group: 'none', since: '7' })}>Open in Findings</AppLink>}>
              New findings
            </SectionHeader>
          }
          empty={null}
          columns={[
            { id: 'severity', header: 'Severity', width: 118, phoneLine: 1, cell: ({ severity }) => <SeverityMark level={severityLevel(severity)} /> },
            { id: 'vulnerability', header: 'Vulnerability', width: '22%', minWidth: 200, phoneLine: 1, cell: ({ vulnerabilityId, exploited }) => <><AppLink to={paths.vulnerability(vulnerabilityId)}>{vulnerabilityId}</AppLink> {exploited == null ? null : <ExploitedBadge />}</> },
            { id: 'package', header: 'Package', phoneLine: 2, cell: ({ packageName, packageVersion }) => <PackageText name={packageName} version={packageVersion} /> },
            { id: 'image', header: 'Image', width: '26%', phoneLine: 3, cell: ({ image }) => <ImageLink image={image} /> },
            { id: 'seen', header: 'First seen', width: 120, phoneLine: 0, cell: ({ firstSeenAt }) => <Time instant={firstSeenAt} /> },
          ]}
        />
      )}
      <DataTable
        label="Recent scans"
        rows={running}
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
          { id: 'stages', header: 'Stages', width: 180, phoneLine: 2, cell: (scan) => <ScanStages scan={scan} /> },
          { id: 'result', header: 'Result', phoneLine: 3, cell: (scan) => <ScanNews scan={scan} /> },
          { id: 'started', header: 'Started', width: 130, phoneLine: 3, cell: (scan) => <Time instant={scan.startedAt ?? scan.createdAt} /> },
        ]}
      />
    </>
  );
}
