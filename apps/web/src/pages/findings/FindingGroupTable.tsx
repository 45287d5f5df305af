import { useFindingFilter } from '../../findings/use-finding-filter.js';
import { PackageText } from '../../findings/finding-columns.js';
import { filterInput, type FindingFilter } from '../../findings/finding-filter.js';
import { findingGroupOrders } from '../../findings/finding-order.js';
import { severityLevel } from '../../findings/severity.js';
import { totalText } from '../../findings/total-text.js';
import { formatCount } from '../../formats/format-count.js';
import { formatShare } from '../../formats/format-share.js';
import { packageName } from '../../formats/package-name.js';
import type { FindingFilterInput, FindingGrouping, FindingGroupsQuery } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { imageSuffix } from '../../scans/image-suffix.js';
import { useBulkTriage } from '../../triage/use-bulk-triage.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable, type DataColumn } from '../../ui/DataTable.js';
import { ImageName } from '../../ui/ImageName.js';
import { orderedColumns } from '../../ui/list-order.js';
import type { PagerProps } from '../../ui/Pager.js';
import { ExploitedBadge, SeverityMark } from '../../ui/Severity.js';
import { Time } from '../../ui/Time.js';
import { WithMark } from '../../ui/WithMark.js';
import type { useListOrder } from '../use-list-order.js';
import { FindingsHeader } from './FindingsHeader.js';
import { FindingsToolbar } from './FindingsToolbar.js';
import { fixVersionsText } from './fix-versions.js';
import { NoFindings } from './NoFindings.js';

type Group = FindingGroupsQuery['findingGroups']['edges'][number]['node'];

interface FindingGroupTableProps {
  readonly groupBy: FindingGrouping;
  readonly data: FindingGroupsQuery;
  readonly sort: ReturnType<typeof useListOrder>['table'];
  readonly pager: PagerProps;
  readonly refetch: () => void;
}

/** Findings put together, to be decided about group by group; every number opens the findings behind it. */
export function FindingGroupTable({ groupBy, data, sort, pager, refetch }: FindingGroupTableProps) {
  const [filter] = useFindingFilter();
  const rows = data.findingGroups.edges.map(({ node }) => node);
  const triage = useBulkTriage({
    rows,
    idOf: ({ key }) => key,
    findingsOf: ({ findingCount }) => findingCount,
    subjectOf: (chosen, countText) => ({ filter: { ...filterInput(filter), [namedBy[groupBy]]: chosen.map(({ key }) => key) }, countText, of: 'rows' }),
    total: data.findings.totalCount,
    filter: filterInput(filter),
  });
  return (
    <>
      {triage.outcome}
      <DataTable
        frame="page"
        label="Findings"
        rows={rows}
        rowId={({ key }) => key}
        header={<FindingsHeader findings={data.findings} overview={data.overview} onSaved={refetch} triage={triage} />}
        filter={
          <>
            <FindingsToolbar surroundings={data} countText={`${totalText(data.findings.totalCount)} matches`} onChanged={refetch} />
            {triage.reach}
          </>
        }
        selection={{ selected: triage.chosen, onChange: triage.choose, rowLabel: nameOf }}
        sort={sort}
        pager={pager}
        empty={<NoFindings overview={data.overview} />}
        columns={orderedColumns(columns(groupBy, filter), findingGroupOrders[groupBy])}
      />
      {triage.dialog}
    </>
  );
}

/** By which condition a filter names groups. */
const namedBy = { VULNERABILITY: 'vulnerabilityIds', COMPONENT: 'packageKeys', IMAGE: 'imageIds' } as const satisfies Record<FindingGrouping, keyof FindingFilterInput>;

function nameOf({ key, image }: Group): string {
  return image == null ? key : `${image.repository}${imageSuffix(image)}`;
}

const subjects: Readonly<Record<FindingGrouping, keyof FindingFilter>> = { VULNERABILITY: 'vulnerability', COMPONENT: 'package', IMAGE: 'image' };

function columns(groupBy: FindingGrouping, filter: FindingFilter): readonly DataColumn<Group>[] {
  const behind = (group: Group, grouping: string): string => paths.findings({ ...filter, [subjects[groupBy]]: group.key, group: grouping });
  const number = (id: string, header: string, [one, many]: readonly [one: string, many: string], count: (group: Group) => number, grouping: string, further: FindingFilter = {}): DataColumn<Group> => ({
    id,
    header,
    width: header.length > 10 ? 118 : 98,
    phoneLine: 3,
    cell: (group) => {
      const text = formatCount(count(group));
      const noun = count(group) === 1 ? one : many;
      if (count(group) === 0) return <span className="esscm-secondary">{text}<span className="esscm-phone-only"> {noun}</span></span>;
      return (
        <AppLink to={paths.findings({ ...filter, [subjects[groupBy]]: group.key, group: grouping, ...further })} ariaLabel={`${text} ${noun}`}>
          {text}
          <span className="esscm-phone-only"> {noun}</span>
        </AppLink>
      );
    },
  });
  const severity: DataColumn<Group> = { id: 'severity', header: 'Severity', width: 118, phoneLine: 1, cell: (group) => <SeverityMark level={severityLevel(group.severity)} /> };
  const epss: DataColumn<Group> = { id: 'epss', header: 'EPSS', width: 86, phoneLine: 0, cell: (group) => formatShare(group.epss) };
  const seen: DataColumn<Group> = { id: 'seen', header: 'First seen', width: 104, phoneLine: 0, cell: (group) => <Time instant={group.firstSeenAt} /> };
  const fix: DataColumn<Group> = { id: 'fix', header: 'Fixed in', width: '13%', minWidth: 110, clips: true, phoneLine: 3, cell: ({ packages }) => <FixVersions packages={packages} /> };
  if (groupBy === 'COMPONENT') {
    return [
      severity,
      { id: 'component', header: 'Component', width: '26%', minWidth: 160, clips: true, phoneLine: 1, cell: (group) => <WithMark mark={group.exploitedCount > 0 ? <ExploitedBadge /> : null}><AppLink to={behind(group, 'none')}>{packageName(group.key)}</AppLink></WithMark> },
      { id: 'versions', header: 'Versions', minWidth: 100, clips: true, phoneLine: 2, cell: ({ packages }) => <span className="esscm-mono esscm-secondary">{[...new Set(packages.map(({ version }) => version))].join(', ')}</span> },
      number('vulnerabilities', 'Vulnerabilities', ['vulnerability', 'vulnerabilities'], (group) => group.vulnerabilityCount, 'vulnerability'),
      number('images', 'Images', ['image', 'images'], (group) => group.imageCount, 'image'),
      fix,
      seen,
    ];
  }
  if (groupBy === 'IMAGE') {
    return [
      severity,
      { id: 'image', header: 'Image', width: '34%', minWidth: 200, clips: true, phoneLine: 1, cell: ({ image }) => (image == null ? '–' : <AppLink to={paths.image(image.id, 'vulnerabilities')}><ImageName repository={image.repository} suffix={imageSuffix(image)} /></AppLink>) },
      number('findings', 'Findings', ['finding', 'findings'], (group) => group.findingCount, 'none'),
      number('exploited', 'Exploited', ['exploited', 'exploited'], (group) => group.exploitedCount, 'none', { exploited: 'yes' }),
      number('fixable', 'With a fix', ['with a fix', 'with a fix'], (group) => group.fixableCount, 'none', { fix: 'available' }),
      number('packages', 'Components', ['component', 'components'], (group) => group.packageCount, 'component'),
      epss,
      seen,
    ];
  }
  return [
    severity,
    { id: 'vulnerability', header: 'Vulnerability', width: '19%', minWidth: 200, clips: true, phoneLine: 1, cell: (group) => <WithMark mark={group.exploitedCount > 0 ? <ExploitedBadge /> : null}><AppLink to={paths.vulnerability(group.key)}>{group.key}</AppLink></WithMark> },
    {
      id: 'package',
      header: 'Package',
      minWidth: 130,
      clips: true,
      phoneLine: 2,
      cell: ({ packages: [first, ...others] }) => (first === undefined ? '–' : <PackageText name={first.name} version={first.version} more={others.length === 0 ? undefined : `+${others.length}`} />),
    },
    number('images', 'Images', ['image', 'images'], (group) => group.imageCount, 'image'),
    { id: 'projects', header: 'Projects', width: 92, phoneLine: 0, cell: (group) => formatCount(group.projectCount) },
    fix,
    epss,
    seen,
  ];
}

function FixVersions({ packages }: { readonly packages: Group['packages'] }) {
  const text = fixVersionsText(packages);
  if (text === undefined) return <span className="esscm-secondary">No fix</span>;
  return (
    <>
      <span className="esscm-phone-only">fixed in </span>
      <span className="esscm-mono">{text}</span>
    </>
  );
}
