import { useSearchParams } from 'react-router';
import { formatCount } from '../../formats/format-count.js';
import { formatEcosystem } from '../../formats/format-ecosystem.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { DataTable, type TableSort } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import type { PagerProps } from '../../ui/Pager.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { paths } from '../../paths.js';
import { ExploitedBadge } from '../../ui/Severity.js';
import { WithMark } from '../../ui/WithMark.js';
import { withValues } from '../use-address-state.js';
import type { FoundComponents } from './Distribution.js';
import { PackageFindings } from './PackageFindings.js';

interface ComponentVersionsProps {
  readonly found: FoundComponents;
  /** Undefined: the best match first. */
  readonly sort: TableSort | undefined;
  readonly onSort: (sort: TableSort) => void;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  readonly pager: PagerProps;
  readonly filtered: boolean;
  readonly onlyVulnerable: boolean;
  readonly onClear: () => void;
}

/** The versions found; choosing one tells where each copy is. */
export function ComponentVersions({ found, sort, onSort, chosen, onChoose, pager, filtered, onlyVulnerable, onClear }: ComponentVersionsProps) {
  const [query] = useSearchParams();
  const rows = found.edges.map(({ node }) => node);
  return (
    <DataTable
      label="Matches"
      rows={rows}
      rowId={({ id }) => id}
      header={
        <SectionHeader variant="h2" counter={`(${formatCount(found.totalCount)}${found.truncated ? '+' : ''})`}>
          Matches
        </SectionHeader>
      }
      sort={{ column: '', descending: false, ...sort, onChange: onSort }}
      pager={pager}
      selection={{ type: 'single', selected: rows.filter(({ id }) => id === chosen), onChange: ([row]) => onChoose(row?.id ?? ''), rowLabel: ({ name, version }) => `${name} ${version}` }}
      empty={
        filtered ? (
          <EmptyState
            compact
            title="No match"
            text={onlyVulnerable ? 'No version of a component with this name that fits the range and type has a known vulnerability. Images that were not judged say nothing about it.' : 'No version of a component with this name fits the range and type.'}
            actions={<Button onClick={onClear}>{onlyVulnerable ? 'Clear filters' : 'Clear range and type'}</Button>}
          />
        ) : (
          <EmptyState compact title="In none of your images" text="No scanned image holds a component with this name. Images without a result are not searched." />
        )
      }
      columns={[
        {
          id: 'name',
          header: 'Component',
          sortable: 'ascending',
          width: '20%',
          minWidth: 150,
          clips: true,
          phoneLine: 1,
          cell: ({ id, name, findings }) => (
            <WithMark mark={(findings?.exploitedCount ?? 0) > 0 ? <ExploitedBadge /> : null}>
              <AppLink to={`?${withValues(query, { version: id, places: '' }).toString()}`}>{name}</AppLink>
            </WithMark>
          ),
        },
        { id: 'version', header: 'Version', sortable: 'ascending', width: '12%', minWidth: 110, clips: true, phoneLine: 1, cell: ({ version }) => <span className="esscm-mono">{version === '' ? '–' : version}</span> },
        { id: 'namespace', header: 'Namespace', minWidth: 112, clips: true, phoneLine: 2, cell: ({ namespace }) => <span className="esscm-secondary">{namespace ?? '–'}</span> },
        { id: 'type', header: 'Type', width: 100, phoneLine: 2, cell: ({ ecosystem }) => formatEcosystem(ecosystem) },
        { id: 'images', header: 'Images', sortable: 'descending', width: 105, phoneLine: 3, cell: ({ imageCount }) => <>{formatCount(imageCount)}<span className="esscm-phone-only"> {imageCount === 1 ? 'image' : 'images'}</span></> },
        { id: 'projects', header: 'Projects', sortable: 'descending', width: 110, phoneLine: 0, cell: ({ projectCount }) => formatCount(projectCount) },
        { id: 'findings', header: 'Findings', sortable: 'descending', width: 210, phoneLine: 3, cell: ({ packageKey, findings, judgedImageCount, imageCount }) => <PackageFindings findings={findings} atLeast={judgedImageCount < imageCount} to={paths.findings({ package: packageKey, group: 'none' })} /> },
      ]}
    />
  );
}
