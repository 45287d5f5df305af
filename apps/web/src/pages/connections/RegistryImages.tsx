import { useApolloClient, useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { FindingCounts } from '../../findings/FindingCounts.js';
import { formatQuantity } from '../../formats/format-count.js';
import { formatDigest } from '../../formats/format-digest.js';
import { formatSize } from '../../formats/format-size.js';
import { TrackImagesDocument, type RegistryImageOrder } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { paths } from '../../paths.js';
import registry from '../../registry/Registry.module.css';
import { LastPull } from '../../registry/LastPull.js';
import { PlatformsCell } from '../../registry/PlatformsCell.js';
import { listImages, type ListProblem, type RegistryImageItem } from '../../registry/registry-lists.js';
import { useImagePlatforms } from '../../registry/use-image-platforms.js';
import { usePages } from '../../registry/use-pages.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { Chip } from '../../ui/Chip.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Notice } from '../../ui/Notice.js';
import { SearchField } from '../../ui/SearchField.js';
import { Select } from '../../ui/Select.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';
import { Status } from '../../ui/Status.js';
import { Time } from '../../ui/Time.js';
import { ProblemAlert } from '../../verification/ProblemAlert.js';
import { isScannable, orderedTags } from '../../wizard/selection.js';
import { useAddressDetail } from '../use-address-state.js';
import { imagesTogether } from './images-together.js';
import { scanStateWords, shownImage } from './registry-image-state.js';

interface RegistryImagesProps {
  readonly connectionId: string;
  readonly who: string;
  readonly repository: string | undefined;
  /** Of the variant: whether its lists say more than tags and digests. */
  readonly imageMetadata: boolean;
}

const orders: readonly { readonly value: RegistryImageOrder; readonly label: string }[] = [
  { value: 'NEWEST', label: 'Newest first' },
  { value: 'OLDEST', label: 'Oldest first' },
  { value: 'LARGEST', label: 'Largest first' },
  { value: 'SMALLEST', label: 'Smallest first' },
  { value: 'LAST_PULLED', label: 'Last pulled first' },
  { value: 'TAG', label: 'By tag' },
];

/** Images of one repository with scan state and findings; a choice of them can be scanned. */
export function RegistryImages({ connectionId, who, repository, imageMetadata }: RegistryImagesProps) {
  const client = useApolloClient();
  const [search, setSearch] = useAddressDetail('search');
  const [orderText, setOrder] = useAddressDetail('order');
  const order = orders.find(({ value }) => value.toLowerCase() === orderText)?.value ?? 'NEWEST';
  const [selected, setSelected] = useState<readonly RegistryImageItem[]>([]);
  const [problem, setProblem] = useState<string>();
  const [queued, setQueued] = useState<number>();
  const [track, { loading: tracking }] = useMutation(TrackImagesDocument);
  const pages = usePages<RegistryImageItem, ListProblem>(repository === undefined ? undefined : `${repository} ${search} ${order}`, (after, refresh) =>
    listImages(client, { connectionId }, repository ?? '', { search, after, refresh, first: 50, order, tracked: true }),
  );
  const { totalCount } = pages;
  // A list that is still being read keeps its turns for itself.
  const platforms = useImagePlatforms({ connectionId }, repository, totalCount === undefined ? [] : pages.items);
  if (repository === undefined) return <div className={registry['images']}><EmptyState compact title="No repository" text="Images appear here once a repository is listed." /></div>;
  const chosen = pages.items.filter(({ digest }) => selected.some((image) => image.digest === digest));
  const scan = async (): Promise<void> => {
    setProblem(undefined);
    const images = chosen.map(({ digest, tags, repositoryUri }) => {
      const [tag] = orderedTags(tags);
      const uri = repositoryUri ?? repository;
      return { reference: tag === undefined ? `${uri}@${digest}` : `${uri}:${tag}`, projectName: repository.slice(-100), projectVersion: (tag ?? digest.slice(7, 19)).slice(0, 100) };
    });
    const outcome = await outcomeOf(track({ variables: { id: connectionId, images } }));
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.trackImages.__typename === 'TrackImagesPayload') {
      setQueued(outcome.data.trackImages.scans.length);
      setSelected([]);
      client.cache.evict({ fieldName: 'images' });
      // The rows say from now on that they are tracked.
      pages.reload();
    } else setProblem(outcome.data.trackImages.message);
  };
  return (
    <div className={registry['images']}>
      <div className={registry['head']}>
        <div className={registry['heading']}>
          <h2>{repository}</h2>
          <span className={registry['count']}>{totalCount === undefined ? 'counting…' : imagesTogether(totalCount, pages.together)}{pages.listedAt === undefined ? null : <>, listed <Time instant={pages.listedAt} /></>}</span>
        </div>
        <SpaceBetween direction="horizontal" size="xs">
          <div className={registry['search']}>
            <SearchField value={search} onSearch={setSearch} placeholder="Find tag or digest" />
          </div>
          <Select ariaLabel="Order" options={[...orders]} selectedOption={orders.find(({ value }) => value === order) ?? null} onChange={({ detail }) => setOrder(detail.selectedOption.value === 'NEWEST' ? '' : (detail.selectedOption.value ?? '').toLowerCase())} />
          <Button variant="primary" disabled={chosen.length === 0} loading={tracking} onClick={() => void scan()}>
            {chosen.length === 0 ? 'Scan selected' : `Scan ${chosen.length} selected`}
          </Button>
        </SpaceBetween>
      </div>
      <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
      {queued === undefined ? null : (
        <div className={registry['stale']}>
          <Status kind="waiting">
            {formatQuantity(queued, 'scan')} queued. <AppLink to={paths.connectionActivity(connectionId)}>Activity</AppLink>
          </Status>
        </div>
      )}
      {pages.problem === undefined ? null : <ProblemAlert who={who} {...pages.problem} action={<Button onClick={pages.refresh}>Try again</Button>} />}
      {pages.stale === undefined ? null : <ProblemAlert who={who} kind="warning" {...pages.stale} />}
      <DataTable
        frame="inside"
        label={`Images of ${repository}`}
        rows={pages.items}
        rowId={({ digest }) => digest}
        loading={pages.loading && pages.items.length === 0}
        empty={<EmptyState compact title={search === '' ? 'No images' : 'No match'} text={search === '' ? 'This repository holds no image.' : 'No tag or digest of this repository contains the text.'} />}
        selection={{ selected: chosen, onChange: setSelected, disabled: (image) => !isScannable(image), rowLabel: (image) => orderedTags(image.tags)[0] ?? image.digest }}
        columns={[
          { id: 'tag', header: 'Tag', phoneLine: 1, cell: (image) => <TagCell image={image} /> },
          { id: 'digest', header: 'Digest', width: 180, phoneLine: 2, cell: ({ digest }) => <span className="esscm-mono esscm-secondary" title={digest}>{formatDigest(digest)}</span> },
          { id: 'size', header: 'Size', width: 96, cell: ({ sizeBytes }) => formatSize(sizeBytes) },
          { id: 'platforms', header: 'Platforms', width: 190, phoneLine: 0, cell: (image) => <PlatformsCell image={image} answer={platforms.get(image.digest)} /> },
          { id: 'pushed', header: 'Pushed', width: 116, cell: ({ pushedAt }) => <Time instant={pushedAt} /> },
          { id: 'pulled', header: 'Last pull', width: 104, phoneLine: 0, cell: (image) => <LastPull image={image} imageMetadata={imageMetadata} /> },
          {
            id: 'scan',
            header: 'Scan',
            width: 140,
            cell: (image) => {
              const { kind, text, newestScan } = scanStateWords(image);
              return (
                <>
                  <Status kind={kind}>{text}</Status>
                  {newestScan === undefined ? null : <div className="esscm-secondary">{newestScan}</div>}
                </>
              );
            },
          },
          { id: 'findings', header: 'Findings', width: 190, cell: (image) => <FindingCounts content={shownImage(image)?.content} /> },
        ]}
      />
      {pages.hasMore ? (
        <div className={registry['more']}>
          <Button loading={pages.loading} onClick={pages.loadMore}>
            Show more
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** The telling tag, the others behind it, and what is special about the image. */
function TagCell({ image }: { readonly image: RegistryImageItem }) {
  const [first, ...aliases] = orderedTags(image.tags);
  const tracked = shownImage(image);
  const name = first ?? 'untagged';
  return (
    <span className={registry['tag']}>
      {tracked === undefined ? <span className={first === undefined ? 'esscm-tertiary' : 'esscm-strong'}>{name}</span> : <AppLink to={paths.image(tracked.id)}>{name}</AppLink>}
      {aliases.map((tag) => (
        <Chip key={tag}>{tag}</Chip>
      ))}
      {image.kind === 'INDEX' ? <Chip>multi-platform</Chip> : null}
      {image.kind === 'ARTIFACT' ? <Chip>{image.artifactName ?? image.artifactType ?? 'not an image'}</Chip> : null}
      {image.status === 'ARCHIVED' ? <Chip kind="warning">archived</Chip> : null}
    </span>
  );
}
