import type { ReactNode } from 'react';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatSize } from '../../formats/format-size.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { layerInstruction } from '../images/layers.js';
import { noLicence } from '../images/licences.js';
import styles from './compare.module.css';
import type { ComparedImages } from './compared-images.js';

const shownAtMost = 100;

/** Layers of both images in build order. */
export function ChangedLayers({ layers, choice }: { readonly layers: ComparedImages['layers']; readonly choice: ReactNode }) {
  return (
    <DataTable
      label="Layers"
      rows={layers.slice(0, shownAtMost).map((layer, position) => ({ ...layer, position }))}
      rowId={({ position }) => String(position)}
      header={
        <SectionHeader variant="h2" actions={choice} description="Oldest first">
          Layers
        </SectionHeader>
      }
      footer={footer(layers.length)}
      empty={<EmptyState compact title="No layers" text="Neither image has layers." />}
      columns={[
        {
          id: 'state',
          header: 'Layer',
          width: 130,
          phoneLine: 1,
          cell: ({ fromIndex, toIndex }) =>
            fromIndex == null ? <span className={`${styles['change'] ?? ''} ${styles['added'] ?? ''}`}>+ New</span> : toIndex == null ? <span className={`${styles['change'] ?? ''} ${styles['removed'] ?? ''}`}>− Gone</span> : <span className="esscm-secondary">= The same</span>,
        },
        { id: 'instruction', header: 'Build instruction', minWidth: 200, clips: true, phoneLine: 2, cell: ({ createdBy }) => <span className="esscm-mono">{layerInstruction(createdBy)}</span> },
        { id: 'from', header: 'From', width: 80, phoneLine: 0, cell: ({ fromIndex }) => (fromIndex == null ? '–' : fromIndex + 1) },
        { id: 'to', header: 'To', width: 80, phoneLine: 0, cell: ({ toIndex }) => (toIndex == null ? '–' : toIndex + 1) },
        { id: 'components', header: 'Components', width: 130, phoneLine: 3, cell: ({ componentCount }) => formatQuantity(componentCount, 'component') },
        { id: 'size', header: 'Size', width: 100, phoneLine: 3, cell: ({ sizeBytes }) => formatSize(sizeBytes) },
      ]}
    />
  );
}

/** Licences that came, went, or count differently. */
export function ChangedLicences({ comparison, licences, choice }: { readonly comparison: ComparedImages; readonly licences: NonNullable<ComparedImages['licences']>; readonly choice: ReactNode }) {
  const link = (imageId: string, licence: string | null | undefined, count: number) =>
    count === 0 ? <span className="esscm-secondary">none</span> : <AppLink to={paths.image(imageId, 'components', { licence: licence ?? noLicence })}>{formatCount(count)}</AppLink>;
  return (
    <DataTable
      label="Licences"
      rows={licences.slice(0, shownAtMost)}
      rowId={({ licence }) => licence ?? noLicence}
      wrapLines
      header={
        <SectionHeader variant="h2" counter={`(${formatCount(licences.length)})`} actions={choice} description="New ones first; those that count the same on both sides are hidden">
          Licences
        </SectionHeader>
      }
      footer={footer(licences.length)}
      empty={<EmptyState compact title="No difference" text="Both images hold the same licences equally often." />}
      columns={[
        {
          id: 'state',
          header: 'Change',
          width: 130,
          phoneLine: 1,
          cell: ({ fromCount, toCount }) => (fromCount === 0 ? <span className={`${styles['change'] ?? ''} ${styles['added'] ?? ''}`}>+ New</span> : toCount === 0 ? <span className={`${styles['change'] ?? ''} ${styles['removed'] ?? ''}`}>− Gone</span> : <span className="esscm-secondary">≠ Other count</span>),
        },
        { id: 'licence', header: 'Licence', width: '46%', phoneLine: 1, cell: ({ licence }) => licence ?? <span className="esscm-warning">None declared</span> },
        { id: 'from', header: 'Components before', phoneLine: 2, cell: ({ licence, fromCount }) => link(comparison.from.id, licence, fromCount) },
        { id: 'to', header: 'Components after', phoneLine: 2, cell: ({ licence, toCount }) => link(comparison.to.id, licence, toCount) },
      ]}
    />
  );
}

/** Said below a list that is cut. */
function footer(count: number): ReactNode {
  return count <= shownAtMost ? undefined : <span className="esscm-secondary">The first {shownAtMost} of {formatCount(count)} are shown.</span>;
}
