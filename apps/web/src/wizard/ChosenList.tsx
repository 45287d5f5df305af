import { formatDigest } from '../formats/format-digest.js';
import { formatSize } from '../formats/format-size.js';
import { Button } from '../ui/Button.js';
import { DataTable } from '../ui/DataTable.js';
import { SectionHeader } from '../ui/SectionHeader.js';
import type { ChosenImage } from './chosen-image.js';

const shown = 100;

/** What is chosen so far, to look over and to take back. */
export function ChosenList({ chosen, onRemove }: { readonly chosen: readonly ChosenImage[]; readonly onRemove: (reference: string) => void }) {
  return (
    <DataTable
      label="Chosen images"
      rows={chosen.slice(0, shown)}
      rowId={({ reference }) => reference}
      header={<SectionHeader variant="h2" counter={`(${chosen.length})`}>Chosen images</SectionHeader>}
      footer={chosen.length > shown ? `The first ${shown} are shown.` : undefined}
      empty={null}
      columns={[
        { id: 'image', header: 'Image', phoneLine: 1, cell: (image) => <><span className="esscm-strong">{image.repository}</span><span className="esscm-secondary">{image.tag === undefined ? `@${formatDigest(image.digest)}` : `:${image.tag}`}</span></> },
        { id: 'size', header: 'Size', width: 120, cell: ({ sizeBytes }) => formatSize(sizeBytes) },
        { id: 'remove', header: '', width: 56, cell: ({ reference }) => <Button variant="inline-icon" iconName="close" ariaLabel={`Remove ${reference}`} onClick={() => onRemove(reference)} /> },
      ]}
    />
  );
}
