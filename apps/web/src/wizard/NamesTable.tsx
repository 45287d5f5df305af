import { useMemo, useState } from 'react';
import { formatQuantity } from '../formats/format-count.js';
import { formatDigest } from '../formats/format-digest.js';
import { Button } from '../ui/Button.js';
import { EditableTree } from '../ui/EditableTree.js';
import { SectionHeader } from '../ui/SectionHeader.js';
import type { ChosenImage } from './chosen-image.js';
import { editImage, editRepository, hasEdits, namesOf, type NameEdits, type NamingRules } from './naming.js';

interface NamesTableProps {
  readonly chosen: readonly ChosenImage[];
  readonly rules: NamingRules;
  readonly edits: NameEdits;
  readonly onChange: (edits: NameEdits) => void;
  readonly onReset: () => void;
}

interface NameRow {
  readonly id: string;
  readonly repository: string;
  readonly images: readonly ChosenImage[];
  readonly image?: ChosenImage;
  readonly children: readonly NameRow[];
}

/** Repositories with their images below them; a name of a repository is the name of all its images. */
export function NamesTable({ chosen, rules, edits, onChange, onReset }: NamesTableProps) {
  const rows = useMemo(() => nameRows(chosen), [chosen]);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set(rows.length === 1 ? rows.map(({ id }) => id) : []));
  const shared = (row: NameRow, key: 'project' | 'version'): string => {
    const names = new Set(row.images.map((image) => namesOf(image, rules, edits)[key]));
    return names.size === 1 ? ([...names][0] ?? '') : '';
  };
  const edit = (row: NameRow, key: 'project' | 'version', text: string): void => {
    const { image } = row;
    onChange(image === undefined ? editRepository(edits, row.repository, row.images.map(({ reference }) => reference), { [key]: text }) : editImage(edits, image.reference, { [key]: text }));
  };
  const ruleText = (row: NameRow, key: 'project' | 'version'): string => (key === 'version' && row.image === undefined && rules.version === 'tag' && edits.repositories[row.repository]?.version === undefined ? 'From the tag' : 'Several');
  return (
    <EditableTree<NameRow>
      label="Projects and versions"
      rows={rows}
      rowId={({ id }) => id}
      childrenOf={({ children }) => children}
      expanded={expanded}
      onToggle={(row, open) =>
        setExpanded((before) => {
          const next = new Set(before);
          if (open) next.add(row.id);
          else next.delete(row.id);
          return next;
        })
      }
      header={
        <SectionHeader
          variant="h2"
          counter={`(${chosen.length})`}
          description="Select a name to change it. Changing a repository changes all its images."
          actions={
            <Button disabled={!hasEdits(edits)} onClick={onReset}>
              Reset names
            </Button>
          }
        >
          Projects and versions
        </SectionHeader>
      }
      firstColumn={{
        header: 'Image',
        cell: ({ repository, image, images }) =>
          image === undefined ? (
            <>
              <span className="esscm-strong">{repository}</span> <span className="esscm-small esscm-secondary">{formatQuantity(images.length, 'image')}</span>
            </>
          ) : (
            (image.tag ?? <span className="esscm-mono">{formatDigest(image.digest)}</span>)
          ),
      }}
      columns={[
        { id: 'project', header: 'Project name', value: (row) => shared(row, 'project'), mixed: (row) => ruleText(row, 'project'), onEdit: (row, text) => edit(row, 'project', text) },
        { id: 'version', header: 'Version', value: (row) => shared(row, 'version'), mixed: (row) => ruleText(row, 'version'), onEdit: (row, text) => edit(row, 'version', text) },
      ]}
    />
  );
}

function nameRows(chosen: readonly ChosenImage[]): readonly NameRow[] {
  const byRepository = Map.groupBy(chosen, ({ repository }) => repository);
  return [...byRepository].map(([repository, images]) => ({
    id: repository,
    repository,
    images,
    children: images.map((image) => ({ id: image.reference, repository, images: [image], image, children: [] })),
  }));
}
