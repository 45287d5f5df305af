import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { usePageLayout } from '../../frame/layout.js';
import { ConnectionActivityDocument, type ConnectionActivityQuery, type ScanRowFragment } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { isActive } from '../../scans/scan-words.js';
import { useScanActions } from '../../scans/use-scan-actions.js';
import { useScanUpdates } from '../../scans/use-scan-updates.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { NotFoundPage } from '../NotFoundPage.js';
import { QueryView } from '../QueryView.js';
import { ActivityProgress } from './ActivityProgress.js';
import { ActivityTable } from './ActivityTable.js';
import { latestPerImage } from './activity-rows.js';

/** What a connection's scans are doing now; the wizard ends here. */
export function ActivityPage() {
  const { id = '' } = useParams();
  const result = useQuery(ConnectionActivityDocument, { variables: { id, first: 100 }, fetchPolicy: 'cache-and-network' });
  const data = result.data ?? result.previousData;
  const counts = data?.connection?.scanCounts;
  const scans = data?.scans.edges.map(({ node }) => node) ?? [];
  const active = scans.some(({ state }) => isActive(state)) || (counts !== undefined && counts.queued + counts.running > 0);
  useScanUpdates({ connectionId: id, active, refetch: result.refetch });
  usePageLayout({
    crumbs: [
      { text: 'Connections', href: paths.connections() },
      { text: data?.connection?.name ?? '…', href: paths.connection(id) },
      { text: 'Activity', href: paths.connectionActivity(id) },
    ],
  });
  return (
    <QueryView result={result}>
      {({ connection }) => (connection == null ? <NotFoundPage what="connection" /> : <Activity connection={connection} scans={latestPerImage(scans)} active={active} onChanged={() => void result.refetch()} />)}
    </QueryView>
  );
}

interface ActivityProps {
  readonly connection: NonNullable<ConnectionActivityQuery['connection']>;
  readonly scans: readonly ScanRowFragment[];
  readonly active: boolean;
  readonly onChanged: () => void;
}

function Activity({ connection, scans, active, onChanged }: ActivityProps) {
  const actions = useScanActions();
  const [cancelling, setCancelling] = useState(false);
  const cancelRemaining = async (): Promise<void> => {
    setCancelling(true);
    for (const scan of scans.filter(({ state }) => isActive(state))) {
      // One after the other: the rest matters more than speed when the first is refused.
      await actions.cancel(scan.id);
    }
    setCancelling(false);
    onChanged();
  };
  return (
    <>
      <PageHeader
        name={connection.name}
        facts={active ? 'Connected. You can leave this page; scans continue on the server.' : 'Nothing is running.'}
        actions={[
          ...(active ? [{ id: 'cancel', text: 'Cancel remaining', loading: cancelling, onClick: () => void cancelRemaining() }] : []),
          { id: 'results', text: active ? 'See results so far' : 'See results', to: paths.images({ connection: connection.id }) },
        ]}
      />
      <Stack>
        <Notice problem={actions.problem} onDismiss={actions.dismiss} />
        <ActivityProgress scans={scans} />
        <ActivityTable scans={scans} onRetry={(scanId) => void actions.retry(scanId).then(onChanged)} onCancel={(scanId) => void actions.cancel(scanId).then(onChanged)} />
      </Stack>
    </>
  );
}
