import { useQuery } from '@apollo/client/react';
import { formatCount } from '../../formats/format-count.js';
import { usePageLayout } from '../../frame/layout.js';
import { ConnectionsDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { Chip } from '../../ui/Chip.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Status } from '../../ui/Status.js';
import { Time } from '../../ui/Time.js';
import { QueryView } from '../QueryView.js';
import { useCursorPage } from '../use-address-state.js';
import { connectionStatus } from './connection-status.js';
import { credentialWarning } from './credential-warning.js';
import { BriefScanCounts } from './ScanCounts.js';

/** Every connected registry. */
export function ConnectionsPage() {
  usePageLayout({ contentType: 'table' });
  const { after, page, next, previous } = useCursorPage();
  const result = useQuery(ConnectionsDocument, { variables: { first: 50, after: after ?? null }, fetchPolicy: 'cache-and-network' });
  return (
    <QueryView result={result}>
      {({ connections }, refreshing) => (
        <DataTable
          frame="page"
          label="Connections"
          rows={connections.edges.map(({ node }) => node)}
          rowId={({ id }) => id}
          header={<PageHeader name="Connections" facts="Registries whose images are scanned." actions={[{ id: 'connect', text: 'Connect a registry', to: paths.integrations() }]} />}
          pager={{ page, hasNext: connections.pageInfo.hasNextPage, disabled: refreshing, onPrevious: previous, onNext: () => next(connections.pageInfo.endCursor ?? '') }}
          empty={<EmptyState title="No connections" text="Images come from connected registries." actions={<LinkButton variant="primary" to={paths.integrations()}>Connect a registry</LinkButton>} />}
          columns={[
            {
              id: 'name',
              header: 'Name',
              width: '18%',
              minWidth: 130,
              clips: true,
              phoneLine: 1,
              cell: ({ id, name, sample }) => (
                <>
                  <AppLink to={paths.connection(id)}>{name}</AppLink> {sample ? <Chip kind="accent">Sample</Chip> : null}
                </>
              ),
            },
            { id: 'registry', header: 'Registry', width: '15%', minWidth: 110, clips: true, phoneLine: 2, cell: ({ plugin, variant }) => `${plugin.name}, ${variant.name.toLowerCase()}` },
            { id: 'credential', header: 'Credential', minWidth: 110, clips: true, phoneLine: 2, cell: ({ credentialHint }) => <span className="esscm-secondary">{credentialHint === '' ? 'None' : credentialHint}</span> },
            {
              id: 'status',
              header: 'Status',
              width: 190,
              cell: (connection) => {
                const { kind, text } = connectionStatus(connection.credentialHint === '', connection.verification?.status);
                const warning = credentialWarning(connection, new Date());
                return (
                  <>
                    <Status kind={kind}>{text}</Status>
                    {warning === undefined ? null : (
                      <div>
                        <Status kind={warning.ended ? 'failed' : 'partial'}>{warning.short}</Status>
                      </div>
                    )}
                  </>
                );
              },
            },
            { id: 'images', header: 'Images', width: 90, phoneLine: 0, cell: ({ id, imageCount }) => <AppLink to={paths.images({ connection: id })}>{formatCount(imageCount)}</AppLink> },
            { id: 'scans', header: 'Scans', width: 270, cell: ({ scanCounts }) => <BriefScanCounts counts={scanCounts} /> },
            { id: 'created', header: 'Connected', width: 120, phoneLine: 0, cell: ({ createdAt }) => <Time instant={createdAt} /> },
          ]}
        />
      )}
    </QueryView>
  );
}
