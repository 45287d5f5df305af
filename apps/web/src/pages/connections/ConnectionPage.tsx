import { useMutation, useQuery } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { formatQuantity } from '../../formats/format-count.js';
import { usePageLayout } from '../../frame/layout.js';
import { ConnectionDocument, DeleteConnectionDocument, StartConnectionVerificationDocument, type ConnectionQuery } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { paths } from '../../paths.js';
import { Alert } from '../../ui/Alert.js';
import { useScanUpdates } from '../../scans/use-scan-updates.js';
import { AppLink } from '../../ui/AppLink.js';
import { Button } from '../../ui/Button.js';
import { Chip } from '../../ui/Chip.js';
import { ConfirmDelete } from '../../ui/ConfirmDelete.js';
import { Facts } from '../../ui/Facts.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Panel, Stack } from '../../ui/Panel.js';
import { Status } from '../../ui/Status.js';
import { Time } from '../../ui/Time.js';
import { useVerificationProgress } from '../../verification/use-verification-progress.js';
import { VerificationRunning } from '../../verification/VerificationRunning.js';
import { VerificationView } from '../../verification/VerificationView.js';
import { NotFoundPage } from '../NotFoundPage.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail, useSetAddressDetails } from '../use-address-state.js';
import { connectionStatus } from './connection-status.js';
import { credentialWarning } from './credential-warning.js';
import { RotateCredentials } from './RotateCredentials.js';
import { deletionImpactText } from './deletion-impact.js';
import { EventsPanel } from './EventsPanel.js';
import { RulesPanel } from './RulesPanel.js';
import { ScanCounts } from './ScanCounts.js';
import { StayingCurrent } from './StayingCurrent.js';

type Connection = NonNullable<ConnectionQuery['connection']>;

/** One connection: what it is, whether it works, and the way to end it. */
export function ConnectionPage() {
  const { id = '' } = useParams();
  const result = useQuery(ConnectionDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const shown = (result.data ?? result.previousData)?.connection;
  const name = shown?.name;
  const active = shown != null && shown.scanCounts.queued + shown.scanCounts.running > 0;
  useScanUpdates({ connectionId: id, active, refetch: result.refetch });
  usePageLayout({
    crumbs: [
      { text: 'Connections', href: paths.connections() },
      { text: name ?? '…', href: paths.connection(id) },
    ],
  });
  return <QueryView result={result}>{({ connection }) => (connection == null ? <NotFoundPage what="connection" /> : <Overview connection={connection} refetch={result.refetch} />)}</QueryView>;
}

function Overview({ connection, refetch }: { readonly connection: Connection; readonly refetch: () => Promise<unknown> }) {
  const [deleting, setDeleting] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [open, setOpen] = useAddressDetail('open');
  const [repository] = useAddressDetail('repository');
  const setDetails = useSetAddressDetails();
  const rotating = open === 'credentials';
  const [start, { loading: starting }] = useMutation(StartConnectionVerificationDocument);
  const [remove, { loading: removing }] = useMutation(DeleteConnectionDocument);
  const navigate = useNavigate();
  const { id, name, sample, plugin, variant, imageCount, scanCounts, watch, deletionImpact } = connection;
  const browsable = variant.capabilities.listRepositories && variant.capabilities.listTags;
  const onChanged = () => void refetch().catch(() => undefined);
  const anonymous = connection.credentialKind == null;
  const progress = useVerificationProgress(anonymous ? undefined : { connectionId: id });
  const verification = laterReport(progress?.report, connection.verification);
  const running = progress?.running === true;
  const verifying = starting || running;
  const wasRunning = useRef(false);
  useEffect(() => {
    // A connection made without scanning scans from now on: its counts change with it.
    if (wasRunning.current && !running) void refetch().catch(() => undefined);
    wasRunning.current = running;
  }, [running, refetch]);
  const status = connectionStatus(anonymous, verification?.status);
  const warning = credentialWarning(connection, new Date());
  const hasSecret = connection.credentialKind?.fields.some(({ type }) => type === 'SECRET') ?? false;
  const rotatable = hasSecret && !sample;

  const verifyAgain = async (): Promise<void> => {
    setProblem(undefined);
    const outcome = await outcomeOf(start({ variables: { id } }));
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.startConnectionVerification.__typename !== 'ConnectionVerificationStarted') setProblem(outcome.data.startConnectionVerification.message);
  };
  const confirmDelete = async (): Promise<void> => {
    setProblem(undefined);
    const outcome = await outcomeOf(
      remove({
        variables: { id },
        update: (cache) => {
          for (const fieldName of ['connections', 'images', 'projects', 'scans', 'overview']) cache.evict({ fieldName });
        },
      }),
    );
    setDeleting(false);
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.deleteConnection.__typename === 'DeleteConnectionPayload') await navigate(paths.connections());
    else setProblem(outcome.data.deleteConnection.message);
  };

  return (
    <>
      <PageHeader
        name={name}
        title={
          <>
            {name} {sample ? <Chip kind="accent">Sample</Chip> : null}
          </>
        }
        facts={
          <>
            <Status kind={status.kind}>{status.text}</Status>
            <span>
              {plugin.name}, {variant.name.toLowerCase()}
            </span>
            {connection.description === '' ? null : <span>{connection.description}</span>}
          </>
        }
        actions={[
          { id: 'delete', text: sample ? 'Remove sample' : 'Delete', onClick: () => setDeleting(true) },
          ...(rotatable ? [{ id: 'rotate', text: 'Rotate credentials', onClick: () => setOpen('credentials') }] : []),
          { id: 'activity', text: 'Activity', to: paths.connectionActivity(id) },
          ...(browsable ? [{ id: 'browse', text: 'Browse registry', to: paths.registry(id) }] : []),
          { id: 'images', text: 'Show images', to: paths.images({ connection: id }) },
        ]}
      />
      <Stack>
        <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
        {warning === undefined ? null : (
          <Alert type={warning.ended ? 'error' : 'warning'} action={rotatable ? <Button onClick={() => setOpen('credentials')}>Rotate credentials</Button> : undefined}>
            {warning.text}
          </Alert>
        )}
        {connection.withoutScanning ? (
          <Alert type="info" header="Connected without scanning">
            A permission that scanning needs was missing. Images are scanned once a verification finds it.
          </Alert>
        ) : null}
        <Panel title="Connection">
          <Facts
            facts={[
              { label: 'Images', value: <AppLink to={paths.images({ connection: id })}>{formatQuantity(imageCount, 'image')}</AppLink> },
              { label: 'Scans', value: <ScanCounts counts={scanCounts} /> },
              ...connection.settings.map((setting) => ({ label: setting.label, value: setting.value })),
              { label: 'Credential', value: anonymous ? 'None, these images are public' : `${connection.credentialKind?.name ?? ''}: ${connection.credentialHint}` },
              { label: 'Credential set', value: connection.credentialSetAt == null ? null : <Time instant={connection.credentialSetAt} /> },
              { label: 'Credential ends', value: connection.credentialExpiresAt == null ? null : <Time instant={connection.credentialExpiresAt} /> },
              { label: 'Connected', value: <Time instant={connection.createdAt} /> },
            ]}
          />
        </Panel>
        {watch == null ? null : <StayingCurrent connection={connection} watch={watch} onChanged={onChanged} />}
        {browsable ? <RulesPanel connection={connection} editing={open === 'rules'} repository={repository} onEdit={(editing) => setDetails({ open: editing ? 'rules' : '', repository: '' })} onChanged={onChanged} /> : null}
        {watch == null || !variant.capabilities.pushEvents ? null : <EventsPanel connection={connection} watch={watch} onChanged={onChanged} />}
        {running ? (
          <VerificationRunning checks={progress.checks} who={plugin.name} />
        ) : verification == null ? (
          anonymous ? null : (
            <Panel title="Permissions" aside={<Button loading={verifying} onClick={() => void verifyAgain()}>Verify</Button>}>
              Not verified yet.
            </Panel>
          )
        ) : (
          <VerificationView report={verification} who={plugin.name} verifying={verifying} onVerifyAgain={() => void verifyAgain()} />
        )}
      </Stack>
      {rotating && rotatable ? <RotateCredentials connection={connection} onClose={() => setOpen('')} /> : null}
      {deleting ? (
        <ConfirmDelete title={sample ? 'Remove the sample' : `Delete ${name}`} confirm={sample ? 'Remove sample' : 'Delete connection'} busy={removing} onConfirm={() => void confirmDelete()} onCancel={() => setDeleting(false)}>
          Removes {deletionImpactText(deletionImpact)}.
          {anonymous ? '' : ' The stored credential is destroyed.'} Nothing changes in the registry itself. This cannot be undone.
        </ConfirmDelete>
      ) : null}
    </>
  );
}

/** Credentials may have been replaced after the verification that was followed. */
function laterReport<Report extends { readonly checkedAt: string }>(first: Report | null | undefined, second: Report | null | undefined): Report | undefined {
  if (first == null || second == null) return first ?? second ?? undefined;
  return first.checkedAt > second.checkedAt ? first : second;
}
