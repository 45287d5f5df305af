import type { ReactNode } from 'react';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatEcosystem } from '../../formats/format-ecosystem.js';
import { paths } from '../../paths.js';
import { imageSuffix } from '../../scans/image-suffix.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import type { PagerProps } from '../../ui/Pager.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { usePhone } from '../../ui/media.js';
import { Select } from '../../ui/Select.js';
import { Toolbar } from '../../ui/Toolbar.js';
import { changedCount, changeWords } from './change-words.js';
import styles from './compare.module.css';
import type { ComparedImages } from './compared-images.js';

/** Ids in a cell; the panel of Findings has them all. */
const shownIds = 2;

const kindOptions = [
  { value: '', label: 'Every change' },
  { value: 'added', label: 'Added' },
  { value: 'removed', label: 'Removed' },
  { value: 'upgraded', label: 'Upgraded' },
  { value: 'downgraded', label: 'Downgraded' },
  { value: 'changed', label: 'Changed' },
];

interface ChangedComponentsProps {
  readonly comparison: ComparedImages;
  readonly components: NonNullable<ComparedImages['components']>;
  readonly kind: string;
  readonly onKind: (kind: string) => void;
  readonly choice: ReactNode;
  readonly pager: PagerProps;
}

type Row = ChangedComponentsProps['components']['edges'][number]['node'];

/** Components that differ; those that do not are hidden. */
export function ChangedComponents({ comparison, components, kind, onKind, choice, pager }: ChangedComponentsProps) {
  const rows = components.edges.map(({ node }) => node);
  const total = changedCount(comparison.componentCounts);
  const judged = comparison.findingCounts != null;
  return (
    <DataTable
      label="Changed components"
      rows={rows}
      rowId={({ packageKey }) => packageKey}
      header={
        <SectionHeader variant="h2" counter={`(${formatCount(components.totalCount)}${kind === '' ? '' : ` of ${formatCount(total)}`})`} actions={choice} description={judged ? 'What brings findings in first; what is the same in both is hidden' : 'What is the same in both is hidden'}>
          Changes
        </SectionHeader>
      }
      filter={
        <Toolbar>
          <Select ariaLabel="Which changes" options={kindOptions} selectedOption={kindOptions.find(({ value }) => value === kind) ?? null} onChange={({ detail }) => onKind(detail.selectedOption.value ?? '')} />
        </Toolbar>
      }
      pager={pager}
      empty={
        total === 0 ? (
          <EmptyState compact title="No difference" text="Both images hold the same components in the same versions." />
        ) : (
          <EmptyState compact title="No match" text={`The filter hides ${formatQuantity(total, 'change')}.`} actions={<Button onClick={() => onKind('')}>Clear filter</Button>} />
        )
      }
      columns={[
        {
          id: 'change',
          header: 'Change',
          width: 128,
          phoneLine: 1,
          cell: (row) => {
            const { sign, text, tone } = changeWords[row.kind];
            return (
              <span className={`${styles['change'] ?? ''} ${styles[tone] ?? ''}`}>
                <span aria-hidden="true">{sign}</span> {text}
              </span>
            );
          },
        },
        { id: 'name', header: 'Component', width: judged ? '20%' : '26%', minWidth: 130, clips: true, phoneLine: 1, cell: ({ name, packageKey }) => <AppLink to={paths.components({ search: packageKey })}>{name}</AppLink> },
        { id: 'from', header: sideName(comparison.from, 'Before'), minWidth: 90, clips: true, phoneLine: 2, cell: ({ fromVersions }) => <Versions versions={fromVersions} /> },
        { id: 'to', header: sideName(comparison.to, 'After'), minWidth: 90, clips: true, phoneLine: 2, cell: ({ toVersions }) => <Versions versions={toVersions} strong /> },
        ...(judged
          ? [
              { id: 'fixes', header: 'Fixes', minWidth: 150, clips: true, phoneLine: 3, cell: ({ findings }: Row) => <Vulnerabilities ids={findings?.fixed} count={findings?.fixedCount} label="Fixes" /> } as const,
              { id: 'brings', header: 'Brings in', minWidth: 150, clips: true, phoneLine: 3, cell: ({ findings }: Row) => <Vulnerabilities ids={findings?.introduced} count={findings?.introducedCount} label="Brings in" bad /> } as const,
            ]
          : []),
        { id: 'type', header: 'Type', width: 96, phoneLine: 0, cell: ({ ecosystem }) => formatEcosystem(ecosystem) },
      ]}
    />
  );
}

/** Ids that lead to their pages; the rest as a number. */
function Vulnerabilities({ ids = [], count = 0, label, bad = false }: { readonly ids?: readonly string[] | undefined; readonly count?: number | undefined; readonly label: string; readonly bad?: boolean }) {
  const phone = usePhone();
  if (count === 0) return phone ? null : <span className="esscm-secondary">–</span>;
  return (
    <span className={styles['ids']}>
      {phone ? `${label} ` : null}
      {ids.slice(0, shownIds).map((id) => (
        <AppLink key={id} to={paths.vulnerability(id)} {...(bad && { tone: 'critical' })}>
          {id}
        </AppLink>
      ))}
      {count > shownIds ? <span className="esscm-secondary">+{formatCount(count - shownIds)}</span> : null}
    </span>
  );
}

/** The tag where it tells the sides apart. */
function sideName(image: ComparedImages['from'], otherwise: string): string {
  return image.tag ?? (imageSuffix(image) || otherwise);
}

function Versions({ versions, strong = false }: { readonly versions: readonly string[]; readonly strong?: boolean }) {
  if (versions.length === 0) return <span className="esscm-secondary">absent</span>;
  return <span className={strong ? 'esscm-mono' : 'esscm-mono esscm-secondary'}>{versions.join(', ')}</span>;
}
