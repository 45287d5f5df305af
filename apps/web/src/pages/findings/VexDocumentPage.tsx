import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { formatLongDigest } from '../../formats/format-digest.js';
import { formatSize } from '../../formats/format-size.js';
import { formatDay } from '../../formats/format-time.js';
import { usePageLayout } from '../../frame/layout.js';
import { RefreshVexDocumentDocument, VexDocumentPageDocument, type VexDocumentPageQuery } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { paths } from '../../paths.js';
import { Done } from '../../triage/Done.js';
import { Alert } from '../../ui/Alert.js';
import { AppLink } from '../../ui/AppLink.js';
import { CopyText } from '../../ui/CopyText.js';
import { Facts } from '../../ui/Facts.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Panel, Stack } from '../../ui/Panel.js';
import { Status } from '../../ui/Status.js';
import { Time } from '../../ui/Time.js';
import { NotFoundPage } from '../NotFoundPage.js';
import { QueryView } from '../QueryView.js';
import { useAddressValue, useCursorPage } from '../use-address-state.js';
import { RemoveVexDialog } from './RemoveVexDialog.js';
import { useRemoveVex } from './use-remove-vex.js';
import { useVexProgress } from './use-vex-progress.js';
import { VexStatementTable } from './VexStatementTable.js';
import { effectText, formatWords, keptText, sourceWords } from './vex-words.js';

type VexDocument = NonNullable<VexDocumentPageQuery['vexDocument']>;

/** One VEX document: who says what, and what each statement changes. */
export function VexDocumentPage() {
  const { id = '' } = useParams();
  const [show, setShow] = useAddressValue('show');
  const turning = useCursorPage();
  const silent = show === 'silent' ? true : show === 'effective' ? false : null;
  const result = useQuery(VexDocumentPageDocument, { variables: { id, silent, after: turning.after ?? null }, fetchPolicy: 'cache-and-network' });
  const behind = useVexProgress(result);
  usePageLayout({
    crumbs: [
      { text: 'Findings', href: paths.findings() },
      { text: 'VEX documents', href: paths.vexDocuments() },
      { text: (result.data ?? result.previousData)?.vexDocument?.name ?? '…', href: paths.vexDocument(id) },
    ],
  });
  return (
    <QueryView result={result}>
      {({ vexDocument: document }, refreshing) =>
        document == null ? (
          <NotFoundPage what="document" />
        ) : (
          <>
            <Heading document={document} behind={behind} />
            <Stack>
              <About document={document} />
              <VexStatementTable documentId={document.id} statements={document.statements} refreshing={refreshing} turning={turning} show={show} onShow={setShow} />
            </Stack>
          </>
        )
      }
    </QueryView>
  );
}

function Heading({ document, behind }: { readonly document: VexDocument; readonly behind: number }) {
  const navigate = useNavigate();
  const [refresh, { loading: fetching }] = useMutation(RefreshVexDocumentDocument);
  const { remove, busy, problem, dismiss } = useRemoveVex();
  const [removing, setRemoving] = useState(false);
  const [said, setSaid] = useState('');
  const [refused, setRefused] = useState<string>();
  const fetchNow = async (): Promise<void> => {
    const outcome = await outcomeOf(refresh({ variables: { id: document.id } }));
    const answer = 'problem' in outcome ? { __typename: 'Problem' as const, message: outcome.problem } : outcome.data.refreshVexDocument;
    setSaid(answer.__typename === 'VexDocumentPayload' ? keptText(answer.document.name, answer.outcome, answer.document.statementCount) : '');
    setRefused(answer.__typename === 'VexDocumentPayload' ? undefined : answer.__typename === 'VexDocumentProblem' ? `${answer.message} ${answer.remedy}` : answer.message);
  };
  const confirm = async (): Promise<void> => {
    const gone = await remove(document.id);
    setRemoving(false);
    if (gone) void navigate(paths.vexDocuments());
  };
  const text = effectText(document.effect);
  return (
    <>
      <PageHeader
        name={document.name}
        facts={
          <>
            <span>{formatWords[document.format]}</span>
            <span>by {document.author}</span>
            <span className="esscm-strong">{text}</span>
            {behind === 0 ? null : <Status kind="running">Applying to {formatQuantity(behind, 'image')}</Status>}
          </>
        }
        withoutPrimary
        actions={[
          ...(document.source === 'ADDRESS' ? [{ id: 'refresh', text: 'Fetch now', loading: fetching, onClick: () => void fetchNow() }] : []),
          ...(document.source === 'ATTACHED' ? [] : [{ id: 'remove', text: 'Remove', onClick: () => setRemoving(true) }]),
        ]}
      />
      <Notice problem={problem ?? refused} onDismiss={problem === undefined ? () => setRefused(undefined) : dismiss} />
      <Done text={said} onDismiss={() => setSaid('')} />
      {removing ? <RemoveVexDialog document={document} busy={busy} onConfirm={() => void confirm()} onCancel={() => setRemoving(false)} /> : null}
    </>
  );
}

function About({ document }: { readonly document: VexDocument }) {
  const { failure, problems, replaced, image } = document;
  return (
    <Stack>
      {failure == null ? null : (
        <Alert type="warning" header="The address gave no document when it was last asked">
          {failure.message} {failure.remedy} What it said before counts on.
        </Alert>
      )}
      {problems.length === 0 ? null : (
        <Alert type="warning" header={`${formatQuantity(problems.length, 'statement')} could not be read`}>
          <ul className="esscm-notices">
            {problems.slice(0, 10).map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Panel title="Document">
        <Facts
          facts={[
            { label: 'Identifier', value: document.documentId },
            { label: 'Version', value: `${document.version}${document.issued === '' ? '' : `, of ${day(document.issued)}`}` },
            { label: sourceWords[document.source], value: image == null ? document.location : <AppLink to={paths.image(image.id, 'referrers')}>{`${image.name}${image.tag == null ? '' : `:${image.tag}`}`}</AppLink> },
            { label: 'Added', value: <>{document.addedBy == null ? '' : `by ${document.addedBy}, `}<Time instant={document.addedAt} /></> },
            { label: 'Last asked', value: document.checkedAt == null ? undefined : <Time instant={document.checkedAt} /> },
            { label: 'Text', value: <>{formatSize(document.sizeBytes)}, <CopyText text={document.digest} label="digest">{formatLongDigest(document.digest)}</CopyText></> },
            { label: 'Versions before', value: replaced.length === 0 ? undefined : replaced.map(({ version, replacedAt, statementCount }) => `${version} with ${formatQuantity(statementCount, 'statement')}, until ${day(replacedAt)}`).join('; ') },
            { label: 'Speaks of no finding', value: document.effect.silentStatements === 0 ? undefined : `${formatCount(document.effect.silentStatements)} of ${formatQuantity(document.statementCount, 'statement')}` },
          ]}
        />
      </Panel>
    </Stack>
  );
}

/** A day, or the text itself when it is no time. */
function day(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : formatDay(at);
}
