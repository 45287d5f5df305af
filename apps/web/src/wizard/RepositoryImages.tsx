import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { formatCount, formatQuantity } from '../formats/format-count.js';
import { formatDigest } from '../formats/format-digest.js';
import { formatSize } from '../formats/format-size.js';
import { Button } from '../ui/Button.js';
import { Chip } from '../ui/Chip.js';
import { DataTable } from '../ui/DataTable.js';
import { EmptyState } from '../ui/EmptyState.js';
import { SearchField } from '../ui/SearchField.js';
import { Time } from '../ui/Time.js';
import { ProblemAlert } from '../verification/ProblemAlert.js';
import type { ChosenImage } from './chosen-image.js';
import styles from '../registry/Registry.module.css';
import { LastPull } from '../registry/LastPull.js';
import { PlatformsCell } from '../registry/PlatformsCell.js';
import { listImages, type ListProblem, type RegistryImageItem, type RepositoryItem } from '../registry/registry-lists.js';
import { useImagePlatforms } from '../registry/use-image-platforms.js';
import { usePages } from '../registry/use-pages.js';
import { applyPage, choose, isChosen, isScannable, orderedTags, toggleReference, type ChoiceMode } from './selection.js';

interface RepositoryImagesProps {
  readonly draftId: string;
  readonly who: string;
  readonly repository: RepositoryItem | undefined;
  readonly chosen: readonly ChosenImage[];
  readonly mode: ChoiceMode;
  /** Of the variant: whether its lists say more than tags and digests. */
  readonly imageMetadata: boolean;
  readonly onChange: (chosen: readonly ChosenImage[]) => void;
  readonly onTotal: (repository: string, total: number) => void;
}

/** The images of one repository, newest push first, with a box each. Untagged ones are chosen by digest. */
export function RepositoryImages({ draftId, who, repository, chosen, mode, imageMetadata, onChange, onTotal }: RepositoryImagesProps) {
  const client = useApolloClient();
  const [search, setSearch] = useState('');
  const name = repository?.name;
  const pages = usePages<RegistryImageItem, ListProblem>(name === undefined ? undefined : `${name} ${search}`, (after, refresh) => listImages(client, { draftId }, name ?? '', { search, after, refresh, first: 50 }));
  const { totalCount } = pages;
  // A list that is still being read keeps its turns for itself.
  const platforms = useImagePlatforms({ draftId }, name, totalCount === undefined ? [] : pages.items);
  useEffect(() => {
    if (name !== undefined && totalCount !== undefined && search === '') onTotal(name, totalCount);
  }, [name, totalCount, search, onTotal]);
  if (repository === undefined) return <div className={styles['images']}><EmptyState compact title="No repository" text="Images appear here once a repository is listed." /></div>;
  const ticked = pages.items.filter(({ digest }) => isChosen(chosen, repository.name, digest));
  return (
    <div className={styles['images']}>
      <div className={styles['head']}>
        <div className={styles['heading']}>
          <h2>{repository.name}</h2>
          <span className={styles['count']}>
            {totalCount === undefined ? 'counting…' : `${formatQuantity(totalCount, 'image')}, ${formatCount(chosen.filter((choice) => choice.repository === repository.name).length)} chosen`}
          </span>
        </div>
        <div className={styles['search']}>
          <SearchField value={search} onSearch={setSearch} placeholder="Find tag or digest" />
        </div>
      </div>
      {pages.problem === undefined ? null : <ProblemAlert who={who} {...pages.problem} action={<Button onClick={pages.refresh}>Try again</Button>} />}
      <DataTable
        frame="inside"
        label={`Images of ${repository.name}`}
        rows={pages.items}
        rowId={({ digest }) => digest}
        loading={pages.loading && pages.items.length === 0}
        empty={<EmptyState compact title={search === '' ? 'No images' : 'No match'} text={search === '' ? 'This repository holds no image.' : 'No tag or digest of this repository contains the text.'} />}
        selection={{
          selected: ticked,
          onChange: (rows) => onChange(applyPage(chosen, repository, pages.items, rows.filter(isScannable), mode)),
          disabled: (image) => !isScannable(image),
          rowLabel: (image) => orderedTags(image.tags)[0] ?? image.digest,
        }}
        columns={[
          { id: 'tag', header: 'Tag', phoneLine: 1, cell: (image) => <TagCell repository={repository} image={image} chosen={chosen} mode={mode} onChange={onChange} /> },
          { id: 'digest', header: 'Digest', width: 190, phoneLine: 2, cell: ({ digest }) => <span className="esscm-mono esscm-secondary" title={digest}>{formatDigest(digest)}</span> },
          { id: 'size', header: 'Size', width: 100, cell: ({ sizeBytes }) => formatSize(sizeBytes) },
          { id: 'platforms', header: 'Platforms', width: 190, phoneLine: 0, cell: (image) => <PlatformsCell image={image} answer={platforms.get(image.digest)} /> },
          { id: 'pushed', header: 'Pushed', width: 120, cell: ({ pushedAt }) => <Time instant={pushedAt} /> },
          { id: 'pulled', header: 'Last pull', width: 110, phoneLine: 0, cell: (image) => <LastPull image={image} imageMetadata={imageMetadata} /> },
        ]}
      />
      {pages.hasMore ? (
        <div className={styles['more']}>
          <Button loading={pages.loading} onClick={pages.loadMore}>
            Show more
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface TagCellProps extends Pick<RepositoryImagesProps, 'chosen' | 'mode' | 'onChange'> {
  readonly repository: RepositoryItem;
  readonly image: RegistryImageItem;
}

/** The telling tag, and the others as buttons that choose the image by that name. */
function TagCell({ repository, image, chosen, mode, onChange }: TagCellProps) {
  const [first, ...aliases] = orderedTags(image.tags);
  return (
    <span className={styles['tag']}>
      {first === undefined ? <span className="esscm-tertiary">untagged</span> : <span className="esscm-strong">{first}</span>}
      {aliases.map((tag) => {
        const choice = choose(repository, image, 'tag', tag);
        return (
          <button
            key={tag}
            type="button"
            className={styles['alias']}
            aria-pressed={chosen.some(({ reference }) => reference === choice.reference)}
            title={`Choose as ${tag}`}
            disabled={mode === 'digest' || !isScannable(image)}
            onClick={() => onChange(toggleReference(chosen, choice))}
          >
            {tag}
          </button>
        );
      })}
      {image.kind === 'INDEX' ? <Chip>multi-platform</Chip> : null}
      {image.kind === 'ARTIFACT' ? <Chip>{image.artifactName ?? image.artifactType ?? 'not an image'}</Chip> : null}
      {image.status === 'ARCHIVED' ? <Chip kind="warning">archived</Chip> : null}
    </span>
  );
}
