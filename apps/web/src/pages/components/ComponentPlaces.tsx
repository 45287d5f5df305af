import { formatQuantity } from '../../formats/format-count.js';
import { packageName } from '../../formats/package-name.js';
import type { SearchComponentsQuery } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { ImageLink, ProjectLink } from '../../scans/ScanParts.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { SpaceBetween } from '../../ui/SpaceBetween.js';
import { Time } from '../../ui/Time.js';
import { PackageFindings } from './PackageFindings.js';
import type { VersionAddress } from './version-address.js';

interface ComponentPlacesProps {
  readonly version: VersionAddress;
  readonly places: NonNullable<SearchComponentsQuery['componentPlaces']>;
  readonly total: number | undefined;
  readonly first: boolean;
  readonly onMore: (after: string) => void;
}

/** The exact place of every copy of one version. */
export function ComponentPlaces({ version, places, total, first, onMore }: ComponentPlacesProps) {
  const { hasNextPage, endCursor } = places.pageInfo;
  return (
    <DataTable
      label="Where it is"
      rows={places.edges.map(({ node }) => node)}
      rowId={({ image, componentId }) => `${image.id} ${componentId}`}
      wrapLines
      header={
        <SectionHeader variant="h2" counter={total === undefined ? '' : `(${formatQuantity(total, 'image')})`} description="Exact place of every copy" actions={<AppLink to={paths.findings({ package: version.packageKey })}>Findings in this package</AppLink>}>
          Where is {packageName(version.packageKey)} {version.version}?
        </SectionHeader>
      }
      empty={<EmptyState compact title="Nowhere any more" text="No present result holds this version." />}
      footer={
        first && !hasNextPage ? undefined : (
          <SpaceBetween direction="horizontal" size="xs">
            {first ? null : <Button onClick={() => onMore('')}>First copies</Button>}
            {hasNextPage ? <Button onClick={() => onMore(endCursor ?? '')}>More copies</Button> : null}
          </SpaceBetween>
        )
      }
      columns={[
        { id: 'image', header: 'Image', width: '18%', minWidth: 150, clips: true, phoneLine: 1, cell: ({ image }) => <ImageLink image={image} /> },
        {
          id: 'project',
          header: 'Project',
          width: '13%',
          minWidth: 100,
          clips: true,
          phoneLine: 2,
          cell: ({ image }) => <ProjectLink projectVersion={image.projectVersion} />,
        },
        {
          id: 'file',
          header: 'File',
          minWidth: 140,
          clips: true,
          phoneLine: 3,
          cell: ({ image, componentId, locations: [location] }) => (
            <>
              <span className="esscm-mono">{location?.path ?? '–'}</span>
              {location === undefined ? null : (
                <span className="esscm-small esscm-secondary">
                  {' '}
                  <AppLink to={paths.image(image.id, 'components', { layer: String(location.layerIndex), component: componentId })}>layer {location.layerIndex + 1}</AppLink>
                </span>
              )}
            </>
          ),
        },
        {
          id: 'findings',
          header: 'Findings',
          width: 190,
          phoneLine: 3,
          cell: ({ image, findings }) => <PackageFindings findings={findings} atLeast={false} to={paths.findings({ package: version.packageKey, image: image.id, group: 'none' })} />,
        },
        { id: 'connection', header: 'Connection', width: '11%', minWidth: 90, clips: true, phoneLine: 0, cell: ({ image: { connection } }) => <span className="esscm-secondary">{connection.name}</span> },
        { id: 'scanned', header: 'Scanned', width: 110, phoneLine: 0, cell: ({ image }) => <Time instant={image.scannedAt} /> },
      ]}
    />
  );
}
