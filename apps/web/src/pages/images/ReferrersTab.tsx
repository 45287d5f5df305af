import { useQuery } from '@apollo/client/react';
import { formatDigest } from '../../formats/format-digest.js';
import { formatSize } from '../../formats/format-size.js';
import { ImageAttachmentsDocument, type ImageAttachmentsQuery } from '../../gql/graphql.js';
import { Button } from '../../ui/Button.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Stack } from '../../ui/Panel.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Time } from '../../ui/Time.js';
import { ProblemAlert } from '../../verification/ProblemAlert.js';
import { QueryView } from '../QueryView.js';
import { AttachedVex } from './AttachedVex.js';
import { attachmentName, attachmentPlace, documentName } from './attachment-words.js';
import type { ImageDetails } from './image-details.js';
import styles from './ReferrersTab.module.css';

type Attachment = Extract<ImageAttachmentsQuery['imageAttachments'], { __typename: 'ImageAttachments' }>['entries'][number];

/** What the registry keeps beside the image: signatures, attestations, SBOMs. Asked of the registry when opened. */
export function ReferrersTab({ image }: { readonly image: ImageDetails }) {
  const result = useQuery(ImageAttachmentsDocument, { variables: { id: image.id }, fetchPolicy: 'network-only' });
  return (
    <QueryView result={result}>
      {({ imageAttachments: answer }, refreshing) => {
        const again = (
          <Button loading={refreshing} onClick={() => void result.refetch()}>
            Try again
          </Button>
        );
        if (answer.__typename === 'RegistryProblem') {
          if (answer.code === 'UNSUPPORTED') return <EmptyState title={answer.heading} text={answer.message} />;
          return <ProblemAlert who={image.connection.plugin.name} {...answer} action={again} />;
        }
        if (answer.__typename !== 'ImageAttachments') return <ProblemAlert who="ESSCM" heading="Nothing can be listed" message={answer.message} action={again} />;
        return (
          <Stack>
            <AttachedVex imageId={image.id} />
            <Attachments entries={answer.entries} complete={answer.complete} imageDigest={image.content?.digest} />
          </Stack>
        );
      }}
    </QueryView>
  );
}

interface AttachmentsProps {
  readonly entries: readonly Attachment[];
  readonly complete: boolean;
  readonly imageDigest: string | undefined;
}

function Attachments({ entries, complete, imageDigest }: AttachmentsProps) {
  return (
    <DataTable
      label="Referrers"
      rows={entries}
      rowId={({ digest }) => digest}
      wrapLines
      header={
        <SectionHeader
          variant="h2"
          counter={`(${entries.length}${complete ? '' : '+'})`}
          description={`Signatures, attestations and SBOMs that the registry keeps beside this image. Signatures are listed here, not verified.${complete ? '' : ` Only the first ${entries.length} are shown.`}`}
        >
          Referrers
        </SectionHeader>
      }
      empty={<EmptyState compact title="Nothing attached" text="The registry keeps no signature, attestation or SBOM beside this image." />}
      columns={[
        {
          id: 'name',
          header: 'What it is',
          width: 240,
          phoneLine: 1,
          cell: (entry) => (
            <>
              <span className="esscm-strong">{attachmentName(entry)}</span>
              <span className={styles['note']}>{attachmentPlace(entry, imageDigest)}</span>
            </>
          ),
        },
        { id: 'type', header: 'Artifact type', phoneLine: 2, cell: ({ artifactType }) => <span className="esscm-mono esscm-secondary">{artifactType ?? '–'}</span> },
        {
          id: 'digest',
          header: 'Digest',
          width: 180,
          phoneLine: 2,
          cell: ({ digest }) => (
            <span className="esscm-mono" title={digest}>
              {formatDigest(digest)}
            </span>
          ),
        },
        { id: 'size', header: 'Size', width: 96, phoneLine: 0, cell: ({ sizeBytes }) => formatSize(sizeBytes) },
        { id: 'created', header: 'Created', width: 116, phoneLine: 0, cell: ({ created }) => <Time instant={created} /> },
        { id: 'documents', header: 'Documents', width: 220, phoneLine: 3, cell: (entry) => <Documents entry={entry} /> },
      ]}
    />
  );
}

/** Each document with a way to save it, where it is one that can be read. */
function Documents({ entry }: { readonly entry: Attachment }) {
  if (entry.documents.length === 0) return <span className="esscm-secondary">Cannot be read</span>;
  return (
    <ul className={styles['documents']}>
      {entry.documents.map((document, index) => {
        const name = documentName(document, entry);
        return (
          <li key={`${index} ${document.digest}`}>
            {name === undefined ? null : <>{name} </>}
            {document.path == null ? (
              <span className="esscm-secondary">not text, {formatSize(document.sizeBytes)}</span>
            ) : (
              <Button variant="inline-link" href={document.path} download ariaLabel={`Download ${name ?? attachmentName(entry)}, ${formatDigest(document.digest)}`}>
                Download
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
