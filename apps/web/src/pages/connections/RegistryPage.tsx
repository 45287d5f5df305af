import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { formatAccount } from '../../formats/format-account.js';
import { usePageLayout } from '../../frame/layout.js';
import { RegistryPageDocument, StartConnectionVerificationDocument, type RegistryPageQuery } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { paths } from '../../paths.js';
import registry from '../../registry/Registry.module.css';
import { RepositoryTree } from '../../registry/RepositoryTree.js';
import { useRepositoryTree } from '../../registry/use-repository-tree.js';
import { Alert } from '../../ui/Alert.js';
import { Button } from '../../ui/Button.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { Status } from '../../ui/Status.js';
import { Time } from '../../ui/Time.js';
import { ProblemAlert } from '../../verification/ProblemAlert.js';
import { NotFoundPage } from '../NotFoundPage.js';
import { QueryView } from '../QueryView.js';
import { useAddressDetail, useSetAddressValues } from '../use-address-state.js';
import { connectionStatus } from './connection-status.js';
import { RegistryImages } from './RegistryImages.js';

type Connection = NonNullable<RegistryPageQuery['connection']>;

/** What a registry holds: its repositories as a tree, and the images of one of them with what is known of each. */
export function RegistryPage() {
  const { id = '' } = useParams();
  const result = useQuery(RegistryPageDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const connection = (result.data ?? result.previousData)?.connection;
  usePageLayout({
    rail: true,
    crumbs: [
      { text: 'Connections', href: paths.connections() },
      { text: connection?.name ?? '…', href: paths.connection(id) },
      { text: 'Registry', href: paths.registry(id) },
    ],
  });
  return <QueryView result={result}>{(data) => (data.connection == null ? <NotFoundPage what="connection" /> : <Browser connection={data.connection} />)}</QueryView>;
}

function Browser({ connection }: { readonly connection: Connection }) {
  const { id, name, sample, plugin, variant, credentialHint, credentialSetAt, credentialKind, verification } = connection;
  const [search, setSearch] = useAddressDetail('find');
  const [repository] = useAddressDetail('repository');
  const setView = useSetAddressValues('view');
  const [problem, setProblem] = useState<string>();
  const [start, { loading: starting }] = useMutation(StartConnectionVerificationDocument);
  const navigate = useNavigate();
  const rotatable = !sample && credentialKind?.fields.some(({ type }) => type === 'SECRET') === true;
  const source = { connectionId: id };
  const tree = useRepositoryTree(source, search);
  const current = repository === '' ? tree.first?.path : repository;
  const status = connectionStatus(credentialKind == null, verification?.status);
  /** The page of the connection shows each permission as it is tried. */
  const verify = async (): Promise<void> => {
    setProblem(undefined);
    const outcome = await outcomeOf(start({ variables: { id } }));
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.startConnectionVerification.__typename === 'ConnectionVerificationStarted') await navigate(paths.connection(id));
    else setProblem(outcome.data.startConnectionVerification.message);
  };
  return (
    <>
      <PageHeader
        name={name}
        facts={
          <>
            <Status kind={status.kind}>{status.text}</Status>
            {tree.listedAt === undefined ? null : <span>listed <Time instant={tree.listedAt} /></span>}
            <span>{[verification?.account == null ? undefined : formatAccount(verification.account), verification?.region].filter((part) => part != null).join(' / ')}</span>
            {credentialKind == null ? null : <span>{credentialKind.name}: {credentialHint}{credentialSetAt == null ? null : <>, set <Time instant={credentialSetAt} /></>}</span>}
          </>
        }
        actions={[
          { id: 'list', text: 'List again', icon: 'refresh', loading: tree.loading, onClick: tree.refresh },
          ...(credentialKind == null ? [] : [{ id: 'verify', text: 'Verify', loading: starting, onClick: () => void verify() }]),
          ...(rotatable ? [{ id: 'rotate', text: 'Rotate credentials', to: paths.connection(id, 'credentials') }] : []),
          { id: 'choose', text: 'Choose images', to: paths.connection(id, 'rules') },
        ]}
      />
      <Stack>
        <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
        {variant.capabilities.listRepositories ? null : <Alert type="error">This registry does not list its repositories.</Alert>}
        {tree.problem === undefined ? null : <ProblemAlert who={plugin.name} {...tree.problem} action={<Button onClick={tree.refresh}>List again</Button>} />}
        {tree.stale === undefined ? null : <ProblemAlert who={plugin.name} kind="warning" {...tree.stale} />}
        <div className={registry['browser']}>
          <RepositoryTree tree={tree} search={search} onSearch={setSearch} current={current} onOpen={({ name: opened }) => setView({ repository: opened, search: '' })} />
          <RegistryImages key={current ?? ''} connectionId={id} who={plugin.name} repository={current} imageMetadata={variant.capabilities.imageMetadata} />
        </div>
      </Stack>
    </>
  );
}
