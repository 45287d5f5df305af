import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { formatQuantity } from '../../formats/format-count.js';
import { usePageLayout } from '../../frame/layout.js';
import { VexDocumentsDocument, type VexDocumentRowFragment, type VexSource } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { Done } from '../../triage/Done.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { Segments } from '../../ui/Segments.js';
import { Status } from '../../ui/Status.js';
import { TextButton } from '../../ui/TextButton.js';
import { Time } from '../../ui/Time.js';
import { QueryView } from '../QueryView.js';
import { useAddressValue, useCursorPage } from '../use-address-state.js';
import { AddVexDocument } from './AddVexDocument.js';
import { AttachedVexTrust } from './AttachedVexTrust.js';
import { RemoveVexDialog } from './RemoveVexDialog.js';
import { useRemoveVex } from './use-remove-vex.js';
import { useVexProgress } from './use-vex-progress.js';
import { effectText, formatWords, sourceWords } from './vex-words.js';

const views = [
  { id: 'all', text: 'All' },
  { id: 'added', text: 'Added here' },
  { id: 'attached', text: 'Attached' },
] as const;
const sourcesOf: Readonly<Record<string, VexSource[] | null>> = { added: ['UPLOADED', 'ADDRESS'], attached: ['ATTACHED'] };

/** VEX documents with what each changes, and how they come. */
export function VexDocumentsPage() {
  usePageLayout({
    crumbs: [
      { text: 'Findings', href: paths.findings() },
      { text: 'VEX documents', href: paths.vexDocuments() },
    ],
  });
  const [show, setShow] = useAddressValue('show');
  const { after, page, next, previous } = useCursorPage();
  const result = useQuery(VexDocumentsDocument, { variables: { sources: sourcesOf[show] ?? null, after: after ?? null }, fetchPolicy: 'cache-and-network' });
  const behind = useVexProgress(result);
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<VexDocumentRowFragment>();
  const [said, setSaid] = useState('');
  const { remove, busy, problem, dismiss } = useRemoveVex();
  const confirm = async (document: VexDocumentRowFragment): Promise<void> => {
    const gone = await remove(document.id);
    setAsked(undefined);
    if (gone) setSaid(`${document.name} was removed.`);
  };
  return (
    <QueryView result={result}>
      {({ vexDocuments }, refreshing) => (
        <>
          <PageHeader
            name="VEX documents"
            facts={
              <>
                <span>What authors say of vulnerabilities in your images. A decision of a person counts before any document.</span>
                {behind === 0 ? null : <Status kind="running">Applying to {formatQuantity(behind, 'image')}</Status>}
              </>
            }
            actions={[{ id: 'add', text: 'Add document', onClick: () => setAdding(true) }]}
          />
          <Stack>
            <Notice problem={problem} onDismiss={dismiss} />
            <Done text={said} onDismiss={() => setSaid('')} />
            <DataTable
              label="VEX documents"
              wrapLines
              rows={vexDocuments.edges.map(({ node }) => node)}
              rowId={({ id }) => id}
              filter={<Segments label="Show" selected={show === 'added' || show === 'attached' ? show : 'all'} options={views} onChange={(id) => setShow(id === 'all' ? '' : id)} />}
              pager={{ page, hasNext: vexDocuments.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(vexDocuments.pageInfo.endCursor ?? '') }}
              empty={
                show === 'attached' ? (
                  <EmptyState compact title="No attached documents" text="Nothing is attached to images of the connections trusted below, or none is trusted yet." />
                ) : (
                  <EmptyState compact title="No VEX documents" text="A vendor or a team of yours may state which vulnerabilities do no harm in a product. Add the document, and its findings are settled with the reason." actions={<Button onClick={() => setAdding(true)}>Add document</Button>} />
                )
              }
              columns={[
                {
                  id: 'name',
                  header: 'Document',
                  width: '26%',
                  phoneLine: 1,
                  cell: ({ id, name, format, source, image }) => (
                    <>
                      <AppLink to={paths.vexDocument(id)}>{name}</AppLink>
                      <div className="esscm-small esscm-secondary">
                        {formatWords[format]}, {image == null ? sourceWords[source].toLowerCase() : <>attached to <AppLink to={paths.image(image.id, 'referrers')}>{image.name.split('/').at(-1)}{image.tag == null ? '' : `:${image.tag}`}</AppLink></>}
                      </div>
                    </>
                  ),
                },
                { id: 'author', header: 'Author', width: '16%', phoneLine: 2, cell: ({ author }) => author },
                { id: 'effect', header: 'What it changes', phoneLine: 2, cell: (document) => <DocumentEffect document={document} /> },
                { id: 'statements', header: 'Statements', width: 140, phoneLine: 3, cell: ({ statementCount }) => formatQuantity(statementCount, 'statement') },
                { id: 'changed', header: 'Changed', width: 120, phoneLine: 3, cell: ({ changedAt }) => <Time instant={changedAt} /> },
                {
                  id: 'remove',
                  header: 'Actions',
                  width: 100,
                  phoneLine: 3,
                  cell: (document) =>
                    document.source === 'ATTACHED' ? null : (
                      <TextButton ariaLabel={`Remove ${document.name}`} onClick={() => setAsked(document)}>
                        Remove
                      </TextButton>
                    ),
                },
              ]}
            />
            <AttachedVexTrust onChanged={() => void result.refetch()} />
          </Stack>
          {adding ? (
            <AddVexDocument
              onCancel={() => setAdding(false)}
              onAdded={(text) => {
                setAdding(false);
                setSaid(text);
                void result.refetch();
              }}
            />
          ) : null}
          {asked === undefined ? null : <RemoveVexDialog document={asked} busy={busy} onConfirm={() => void confirm(asked)} onCancel={() => setAsked(undefined)} />}
        </>
      )}
    </QueryView>
  );
}

function DocumentEffect({ document: { effect, failure, problems } }: { readonly document: VexDocumentRowFragment }) {
  const text = effectText(effect);
  return (
    <>
      <span className={effect.findings === 0 ? 'esscm-secondary' : undefined}>{`${text.charAt(0).toUpperCase()}${text.slice(1)}`}</span>
      {failure == null ? null : (
        <div>
          <Status kind="partial">{failure.message}</Status>
        </div>
      )}
      {problems.length === 0 ? null : (
        <div>
          <Status kind="partial">{formatQuantity(problems.length, 'statement')} could not be read</Status>
        </div>
      )}
    </>
  );
}
