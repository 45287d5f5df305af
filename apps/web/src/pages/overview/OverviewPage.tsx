import { useQuery } from '@apollo/client/react';
import { PackageText } from '../../findings/finding-columns.js';
import { AgeChart } from '../../charts/AgeChart.js';
import { CoverageChart } from '../../charts/CoverageChart.js';
import { Trend } from '../../charts/Trend.js';
import { filterInput } from '../../findings/finding-filter.js';
import { FixList } from '../../findings/FixList.js';
import { countFixes, rankFixes } from '../../findings/rank-fixes.js';
import { severityLevel } from '../../findings/severity.js';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { advisoryAge } from '../../frame/advisory-age.js';
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
import { Columns, Halves, Panel, Stack } from '../../ui/Panel.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { ExploitedBadge, SeverityMark } from '../../ui/Severity.js';
import { Time } from '../../ui/Time.js';
import { WithMark } from '../../ui/WithMark.js';
import { QueryView } from '../QueryView.js';
import { FirstRun } from './FirstRun.js';
import { OverviewTiles } from './OverviewTiles.js';
import { SampleNote } from './SampleNote.js';

/** How far back a finding counts as new. */
const newsDays = '7';

/** What is worst, what to do first, how it goes, and how much is covered. */
export function OverviewPage() {
  usePageLayout({ contentType: 'dashboard' });
  const result = useQuery(OverviewDocument, { variables: { since: filterInput({ since: newsDays }).firstSeenSince ?? '' }, fetchPolicy: 'cache-and-network' });
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

function Results({ data: { overview, findings, findingTrend, topFixes, baseFixes, findingAges, imageCoverage, advisorySources, news: recent, scans } }: { readonly data: OverviewQuery }) {
  const news = recent.edges.map(({ node }) => node);
  const known = findings.totals.counts.total > 0;
  const fixes = rankFixes(topFixes, baseFixes);
  const advisories = advisoryAge(advisorySources);
  const running = scans.edges.map(({ node }) => node);
  return (
    <>
      <OverviewTiles overview={overview} totals={findings.totals} />
      {known ? (
        <Columns>
          <Panel title="Fix first" description="Ordered by exploited and critical findings removed">
            {fixes.length === 0 ? <EmptyState compact title="Nothing to upgrade to" text="No finding has a fixed version yet." /> : <FixList fixes={fixes.slice(0, 4)} />}
            {countFixes(topFixes, baseFixes) <= 4 ? null : (
              <p className="esscm-more">
                <AppLink to={paths.fixes()}>All {formatCount(countFixes(topFixes, baseFixes))} fixes</AppLink>
              </p>
            )}
          </Panel>
          <Trend description="Findings by severity, 14 days" days={findingTrend} />
        </Columns>
      ) : null}
      <Halves>
        <CoverageChart coverage={imageCoverage} advisoriesAt={advisories.kind === 'known' ? advisories.at : undefined} />
        {known ? <AgeChart ages={findingAges} /> : null}
      </Halves>
      {news.length === 0 ? null : (
        <DataTable
          label="New findings"
          rows={news}
          rowId={({ key }) => key}
          header={
            <SectionHeader variant="h2" actions={<AppLink to={paths.findings({ since: newsDays })}>Open in Findings</AppLink>}>
              New findings in the last {newsDays} days
            </SectionHeader>
          }
          empty={null}
          columns={[
            { id: 'severity', header: 'Severity', width: 118, phoneLine: 1, cell: ({ severity }) => <SeverityMark level={severityLevel(severity)} /> },
            { id: 'vulnerability', header: 'Vulnerability', width: '22%', minWidth: 200, clips: true, phoneLine: 1, cell: ({ key, exploitedCount }) => <WithMark mark={exploitedCount > 0 ? <ExploitedBadge /> : null}><AppLink to={paths.vulnerability(key)}>{key}</AppLink></WithMark> },
            { id: 'package', header: 'Package', minWidth: 130, clips: true, phoneLine: 2, cell: ({ packages: [first, ...others] }) => (first === undefined ? '–' : <PackageText name={first.name} version={first.version} more={others.length === 0 ? undefined : `+${others.length}`} />) },
            { id: 'images', header: 'Images', width: 110, phoneLine: 3, cell: ({ key, imageCount }) => <AppLink to={paths.findings({ vulnerability: key, group: 'image' })}>{formatCount(imageCount)}<span className="esscm-phone-only"> {imageCount === 1 ? 'image' : 'images'}</span></AppLink> },
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
