import { useCallback, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { FixCell } from '../../findings/FixCell.js';
import { OpenedFinding } from '../../findings/OpenedFinding.js';
import { severityLevel } from '../../findings/severity.js';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import type { FindingChangeKind } from '../../gql/graphql.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import type { PagerProps } from '../../ui/Pager.js';
import { SearchField } from '../../ui/SearchField.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Select } from '../../ui/Select.js';
import { ExploitedBadge, SeverityMark, severityLevels, severityWord } from '../../ui/Severity.js';
import { Toolbar } from '../../ui/Toolbar.js';
import { WithMark } from '../../ui/WithMark.js';
import { useAddressDetail, withDetail } from '../use-address-state.js';
import type { ChangeFilter } from './change-filter.js';
import styles from './compare.module.css';
import type { ComparedImages } from './compared-images.js';

const changeOptions = [
  { value: '', label: 'New and fixed' },
  { value: 'introduced', label: 'New' },
  { value: 'fixed', label: 'Fixed' },
  { value: 'unchanged', label: 'Unchanged' },
  { value: 'all', label: 'Every finding' },
];
const severityOptions = [{ value: '', label: 'Every severity' }, ...severityLevels.map((level) => ({ value: level, label: severityWord(level) }))];

const words: Readonly<Record<FindingChangeKind, { readonly sign: string; readonly text: string; readonly tone: string }>> = {
  INTRODUCED: { sign: '+', text: 'New', tone: 'down' },
  FIXED: { sign: '−', text: 'Fixed', tone: 'up' },
  UNCHANGED: { sign: '=', text: 'Unchanged', tone: 'removed' },
};

interface ChangedFindingsProps {
  readonly comparison: ComparedImages;
  readonly choice: ReactNode;
  readonly pager: PagerProps;
  readonly filter: ChangeFilter;
  readonly onFilter: (filter: ChangeFilter) => void;
}

/** Findings by what became of them: new ones first, then fixed ones, the worst on top; a row opens its proof. */
export function ChangedFindings({ comparison, choice, pager, filter, onFilter }: ChangedFindingsProps) {
  const [query] = useSearchParams();
  const [opened, setOpened] = useAddressDetail('finding');
  const close = useCallback(() => setOpened(''), [setOpened]);
  const rows = comparison.findings?.edges.map(({ node }) => node) ?? [];
  const { findingCounts } = comparison;
  const all = findingCounts == null ? 0 : findingCounts.introduced.counts.total + findingCounts.fixed.counts.total + findingCounts.unchanged.counts.total;
  const header = (
    <SectionHeader variant="h2" {...(comparison.findings == null ? {} : { counter: `(${formatCount(comparison.findings.totalCount)} of ${formatCount(all)})` })} actions={choice} description="Each vulnerability of a package once">
      Findings
    </SectionHeader>
  );
  return (
    <>
      <DataTable
        label="Changed findings"
        rows={rows}
        rowId={({ finding }) => finding.id}
        header={header}
        filter={
          findingCounts == null ? undefined : (
            <Toolbar search={<SearchField value={filter.q} onSearch={(q) => onFilter({ ...filter, q })} placeholder="Package or vulnerability" />}>
              <Select ariaLabel="Which changes" options={changeOptions} selectedOption={changeOptions.find(({ value }) => value === filter.changes) ?? null} onChange={({ detail }) => onFilter({ ...filter, changes: detail.selectedOption.value ?? '' })} />
              <Select ariaLabel="Severity" options={severityOptions} selectedOption={severityOptions.find(({ value }) => value === filter.severity) ?? null} onChange={({ detail }) => onFilter({ ...filter, severity: detail.selectedOption.value ?? '' })} />
            </Toolbar>
          )
        }
        pager={pager}
        empty={<NothingChanged judged={findingCounts != null} all={all} filtered={filter.q !== '' || filter.severity !== '' || filter.changes !== ''} onShowAll={() => onFilter({ changes: 'all', severity: '', q: '' })} />}
        columns={[
          {
            id: 'change',
            header: 'Change',
            width: 124,
            phoneLine: 1,
            cell: ({ kind }) => (
              <span className={`${styles['change'] ?? ''} ${styles[words[kind].tone] ?? ''}`}>
                <span aria-hidden="true">{words[kind].sign}</span> {words[kind].text}
              </span>
            ),
          },
          { id: 'severity', header: 'Severity', width: 116, phoneLine: 1, cell: ({ finding }) => <SeverityMark level={severityLevel(finding.severity)} /> },
          {
            id: 'vulnerability',
            header: 'Vulnerability',
            width: '22%',
            minWidth: 190,
            clips: true,
            phoneLine: 2,
            cell: ({ finding }) => (
              <WithMark mark={finding.exploited == null ? null : <ExploitedBadge />}>
                <AppLink to={`?${withDetail(query, 'finding', finding.id)}`} row={finding.id === opened ? 'open' : 'closed'}>{finding.vulnerabilityId}</AppLink>
              </WithMark>
            ),
          },
          { id: 'package', header: 'Package', minWidth: 110, clips: true, phoneLine: 2, cell: ({ finding }) => finding.packageName },
          { id: 'from', header: 'Before', minWidth: 100, clips: true, phoneLine: 3, cell: ({ fromVersion }) => <Affected version={fromVersion} /> },
          { id: 'to', header: 'After', minWidth: 100, clips: true, phoneLine: 3, cell: ({ toVersion }) => <Affected version={toVersion} /> },
          { id: 'fix', header: 'Fixed in', minWidth: 90, clips: true, phoneLine: 0, cell: ({ finding }) => <FixCell fixState={finding.fixState} fixVersion={finding.fixVersion ?? null} /> },
        ]}
      />
      {opened === '' ? null : <OpenedFinding id={opened} rows={rows.map(({ finding }) => finding)} onOpen={setOpened} onClose={close} />}
    </>
  );
}

function Affected({ version }: { readonly version: string | null | undefined }) {
  return version == null ? <span className="esscm-secondary">not affected</span> : <span className="esscm-mono">{version}</span>;
}

function NothingChanged({ judged, all, filtered, onShowAll }: { readonly judged: boolean; readonly all: number; readonly filtered: boolean; readonly onShowAll: () => void }) {
  if (!judged) return <EmptyState compact title="No statement" text="One of the images was not judged, so nobody can say what became of its findings." />;
  if (all === 0) return <EmptyState compact title="No known vulnerabilities" text="Neither image has a finding." />;
  const show = <Button onClick={onShowAll}>Show every finding</Button>;
  return filtered ? (
    <EmptyState compact title="No match" text={`The filter hides ${formatQuantity(all, 'finding')}.`} actions={show} />
  ) : (
    <EmptyState compact title="No difference" text={`Both images have the same ${formatCount(all)} findings.`} actions={show} />
  );
}
