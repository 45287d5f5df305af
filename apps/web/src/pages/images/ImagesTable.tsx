import type { ReactNode } from 'react';
import { formatCount } from '../../formats/format-count.js';
import { formatSize } from '../../formats/format-size.js';
import { FindingCounts } from '../../findings/FindingCounts.js';
import type { ImageRowFragment } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { ImageLink, ProjectLink } from '../../scans/ScanParts.js';
import { AppLink } from '../../ui/AppLink.js';
import { Chip } from '../../ui/Chip.js';
import { DataTable, type DataColumn } from '../../ui/DataTable.js';
import type { PagerProps } from '../../ui/Pager.js';
import { Status } from '../../ui/Status.js';
import { Time } from '../../ui/Time.js';
import { imageResultWords } from './image-result-words.js';

interface ImagesTableProps {
  readonly images: readonly ImageRowFragment[];
  readonly header: ReactNode;
  readonly filter?: ReactNode;
  readonly pager: PagerProps;
  readonly empty: ReactNode;
  readonly frame: 'page' | 'box';
  /** A project is told with its version; on the page of one project the version is enough. */
  readonly belongsTo?: 'project' | 'version';
}

/** A row has more links than those of other lists: fifty took more than a tenth of a second to turn. */
export const imagesPerPage = 30;

/** Images with what is known of each. An image without a result has no numbers. */
export function ImagesTable({ images, header, filter, pager, empty, frame, belongsTo }: ImagesTableProps) {
  return (
    <DataTable
      frame={frame}
      label="Images"
      rows={images}
      rowId={({ id }) => id}
      header={header}
      filter={filter}
      pager={pager}
      empty={empty}
      columns={[
        { id: 'image', header: 'Image', minWidth: 120, clips: true, phoneLine: 1, cell: (image) => <ImageLink image={image} /> },
        {
          id: 'state',
          header: 'Result',
          width: '11%',
          minWidth: 104,
          clips: true,
          phoneLine: 2,
          cell: (image) => {
            const { kind, text, newestScan } = imageResultWords(image);
            return (
              <>
                <Status kind={kind}>{text}</Status>
                {newestScan === undefined ? null : <div className="esscm-secondary">{newestScan}</div>}
              </>
            );
          },
        },
        { id: 'findings', header: 'Findings', width: 200, phoneLine: 2, cell: ({ id, content }) => <FindingCounts content={content ?? null} to={paths.image(id, 'vulnerabilities')} /> },
        {
          id: 'components',
          header: 'Components',
          width: 106,
          phoneLine: 2,
          cell: ({ id, content }) => (content == null ? <span className="esscm-tertiary">No result</span> : <AppLink to={paths.image(id, 'components')}>{formatCount(content.componentCount)}<span className="esscm-phone-only"> {content.componentCount === 1 ? 'component' : 'components'}</span></AppLink>),
        },
        { id: 'size', header: 'Size', width: 84, phoneLine: 0, cell: ({ content }) => (content == null ? <span className="esscm-tertiary">–</span> : formatSize(content.sizeBytes)) },
        ...(belongsTo === 'project' ? [{ id: 'project', header: 'Project', width: '13%', minWidth: 90, clips: true, phoneLine: 3, cell: ({ projectVersion }) => <ProjectLink projectVersion={projectVersion} /> } satisfies DataColumn<ImageRowFragment>] : []),
        ...(belongsTo === 'version' ? [{ id: 'version', header: 'Version', width: '11%', minWidth: 90, clips: true, phoneLine: 3, cell: ({ projectVersion: { id, projectId, version } }) => <AppLink to={paths.project(projectId, id)}>{version}</AppLink> } satisfies DataColumn<ImageRowFragment>] : []),
        {
          id: 'connection',
          header: 'Connection',
          width: '13%',
          minWidth: 112,
          clips: true,
          phoneLine: 3,
          cell: ({ connection }) => (
            <>
              <AppLink to={paths.connection(connection.id)}>{connection.name}</AppLink>
              {connection.sample ? <div><Chip kind="accent">Sample</Chip></div> : null}
            </>
          ),
        },
        { id: 'scanned', header: 'Scanned', width: 88, cell: ({ scannedAt }) => <Time instant={scannedAt} /> },
      ]}
    />
  );
}
