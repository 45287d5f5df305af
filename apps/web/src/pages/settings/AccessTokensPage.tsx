import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { formatDay } from '../../formats/format-time.js';
import { usePageLayout } from '../../frame/layout.js';
import { AccessTokensDocument, RevokeAccessTokenDocument, type AccessTokenFieldsFragment } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { Alert } from '../../ui/Alert.js';
import { Button } from '../../ui/Button.js';
import { TextButton } from '../../ui/TextButton.js';
import { CodeBlock } from '../../ui/CodeBlock.js';
import { ConfirmDelete } from '../../ui/ConfirmDelete.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { Status } from '../../ui/Status.js';
import { Time } from '../../ui/Time.js';
import { QueryView } from '../QueryView.js';
import { CreateTokenForm } from './CreateTokenForm.js';
import { scopeNames } from './scopes.js';
import { SettingsTabs } from './SettingsTabs.js';

/** The tokens with which other programs use the API. A secret is in memory only, until the page is left. */
export function AccessTokensPage() {
  usePageLayout({});
  const result = useQuery(AccessTokensDocument, { fetchPolicy: 'cache-and-network' });
  const [revoke, { loading: revoking }] = useMutation(RevokeAccessTokenDocument);
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<{ readonly name: string; readonly secret: string }>();
  const [asked, setAsked] = useState<AccessTokenFieldsFragment>();
  const [problem, setProblem] = useState<string>();
  const confirm = async (): Promise<void> => {
    if (asked === undefined) return;
    const outcome = await outcomeOf(revoke({ variables: { id: asked.id } }));
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.revokeAccessToken.__typename !== 'RevokeAccessTokenPayload') setProblem(outcome.data.revokeAccessToken.message);
    setAsked(undefined);
    await result.refetch();
  };
  const now = new Date();
  return (
    <QueryView result={result}>
      {({ accessTokens }) => (
        <>
          <PageHeader name="Access tokens" facts="For pipelines and other programs that use the API." actions={[{ id: 'create', text: 'Create a token', onClick: () => setCreating(true) }]} />
          <SettingsTabs selected="tokens">
          <Stack>
            <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
            {created === undefined ? null : (
              <Alert type="success" header={`The token ${created.name} exists`} dismissible onDismiss={() => setCreated(undefined)}>
                <p>Copy it now. It is not shown again.</p>
                <CodeBlock text={created.secret} label="token" />
              </Alert>
            )}
            <DataTable
              label="Access tokens"
              rows={accessTokens}
              rowId={({ id }) => id}
              empty={<EmptyState compact title="No access tokens" text="A token lets a pipeline read results or start scans without a password." actions={<Button onClick={() => setCreating(true)}>Create a token</Button>} />}
              columns={[
                { id: 'name', header: 'Name', width: '28%', phoneLine: 1, cell: ({ name }) => <span className="esscm-strong">{name}</span> },
                { id: 'scopes', header: 'May', phoneLine: 2, cell: ({ scopes }) => scopeNames(scopes) },
                {
                  id: 'ends',
                  header: 'Ends',
                  width: 160,
                  phoneLine: 3,
                  cell: ({ expiresAt }) => (new Date(expiresAt) < now ? <Status kind="stopped">Ended</Status> : formatDay(new Date(expiresAt), now)),
                },
                { id: 'used', header: 'Last used', width: 140, phoneLine: 3, cell: ({ lastUsedAt }) => (lastUsedAt == null ? <span className="esscm-secondary">never</span> : <Time instant={lastUsedAt} />) },
                { id: 'created', header: 'Created', width: 130, phoneLine: 0, cell: ({ createdAt }) => <Time instant={createdAt} /> },
                {
                  id: 'revoke',
                  header: 'Actions',
                  width: 110,
                  phoneLine: 3,
                  cell: (token) => (
                    <TextButton ariaLabel={`Revoke ${token.name}`} onClick={() => setAsked(token)}>
                      Revoke
                    </TextButton>
                  ),
                },
              ]}
            />
          </Stack>
          </SettingsTabs>
          {creating ? (
            <CreateTokenForm
              onCancel={() => setCreating(false)}
              onCreated={(name, secret) => {
                setCreating(false);
                setCreated({ name, secret });
                void result.refetch();
              }}
            />
          ) : null}
          {asked === undefined ? null : (
            <ConfirmDelete title={`Revoke ${asked.name}`} confirm="Revoke token" busy={revoking} onConfirm={() => void confirm()} onCancel={() => setAsked(undefined)}>
              Whatever uses this token is refused from now on. This cannot be undone.
            </ConfirmDelete>
          )}
        </>
      )}
    </QueryView>
  );
}
