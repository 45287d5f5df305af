import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { AttachedVexTrustsDocument, SetAttachedVexTrustDocument } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Notice } from '../../ui/Notice.js';
import { Stack } from '../../ui/Panel.js';
import { SectionHeader } from '../../ui/SectionHeader.js';
import { Status } from '../../ui/Status.js';
import { TextButton } from '../../ui/TextButton.js';
import { Time } from '../../ui/Time.js';

/** For each connection, whether VEX documents attached to its images count. Off until somebody trusts whoever may push. */
export function AttachedVexTrust({ onChanged }: { readonly onChanged: () => void }) {
  const { data, loading, error } = useQuery(AttachedVexTrustsDocument);
  const [set, { loading: busy }] = useMutation(SetAttachedVexTrustDocument);
  const [problem, setProblem] = useState<string>();
  const change = async (connectionId: string, trusted: boolean): Promise<void> => {
    const outcome = await outcomeOf(set({ variables: { connectionId, trusted } }));
    if ('problem' in outcome) setProblem(outcome.problem);
    else if (outcome.data.setAttachedVexTrust.__typename !== 'AttachedVexTrust') setProblem(outcome.data.setAttachedVexTrust.message);
    else onChanged();
  };
  return (
    <Stack>
      <Notice problem={problem} onDismiss={() => setProblem(undefined)} />
      <DataTable
        label="Attached documents"
        wrapLines
        loading={loading && data === undefined}
        rows={data?.attachedVexTrusts ?? []}
        rowId={({ connectionId }) => connectionId}
        header={
          <SectionHeader variant="h2" description="Documents that are attached to images in their registries count where you trust whoever may push there. They speak of the image they are attached to, and of no other.">
            Attached documents
          </SectionHeader>
        }
        empty={error === undefined ? <EmptyState compact title="No connections" text="Connect a registry, and choose here whether documents attached to its images count." /> : <EmptyState compact title="Not loaded" text="The connections could not be loaded. Reload the page." />}
        columns={[
          { id: 'name', header: 'Connection', phoneLine: 1, cell: ({ connectionId, connectionName }) => <AppLink to={paths.connection(connectionId)}>{connectionName}</AppLink> },
          {
            id: 'state',
            header: 'Attached documents',
            width: '44%',
            phoneLine: 2,
            cell: ({ trusted, trustedBy, trustedAt }) =>
              trusted ? (
                <>
                  <Status kind="done">Count</Status> <span className="esscm-secondary">trusted by {trustedBy}, <Time instant={trustedAt} /></span>
                </>
              ) : (
                <Status kind="stopped">Not read</Status>
              ),
          },
          {
            id: 'change',
            header: 'Actions',
            width: 140,
            phoneLine: 3,
            cell: ({ connectionId, connectionName, trusted }) => (
              <TextButton busy={busy} ariaLabel={`${trusted ? 'Stop trusting' : 'Trust'} documents attached in ${connectionName}`} onClick={() => void change(connectionId, !trusted)}>
                {trusted ? 'Stop trusting' : 'Trust'}
              </TextButton>
            ),
          },
        ]}
      />
    </Stack>
  );
}
