import { useQuery } from '@apollo/client/react';
import { useParams } from 'react-router';
import { usePageLayout } from '../../frame/layout.js';
import { ConnectionActivityDocument, type ActivityRowFragment, type ConnectionActivityQuery } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { QueuePause } from '../../scans/QueuePause.js';
import { useScanActions } from '../../scans/use-scan-actions.js';
import { useScanQueue } from '../../scans/use-scan-queue.js';
import { useScanUpdates } from '../../scans/use-scan-updates.js';
import { Notice } from '../../ui/Notice.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Stack } from '../../ui/Panel.js';
import { NotFoundPage } from '../NotFoundPage.js';
import { QueryView } from '../QueryView.js';
import { ActivityProgress } from './ActivityProgress.js';
import { ActivityTable } from './ActivityTable.js';
import { latestPerImage, stillFailed } from './activity-rows.js';
import { activityTotals } from './activity-totals.js';

/** What a connection's scans are doing now; the wizard ends here. */
export function ActivityPage() {
  const { id = '' } = useParams();
  const result = useQuery(ConnectionActivityDocument, { variables: { id, first: 100 }, fetchPolicy: 'cache-and-network' });
  const data = result.data ?? result.previousData;
  const states = data?.connection?.latestScanTotals.states;
  const active = states !== undefined && states.queued + states.running > 0;
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
      {(shown) => (shown.connection == null ? <NotFoundPage what="connection" /> : <Activity connection={shown.connection} shown={shown} active={active} onChanged={() => void result.refetch()} />)}
    </QueryView>
  );
}

interface ActivityProps {
  readonly connection: NonNullable<ConnectionActivityQuery['connection']>;
  readonly shown: ConnectionActivityQuery;
  readonly active: boolean;
  readonly onChanged: () => void;
}

function Activity({ connection, shown, active, onChanged }: ActivityProps) {
  const actions = useScanActions();
  const queue = useScanQueue();
  const nodes = (list: { readonly edges: readonly { readonly node: ActivityRowFragment }[] }): readonly ActivityRowFragment[] => list.edges.map(({ node }) => node);
  const running = nodes(shown.running);
  const scans = latestPerImage([...running, ...stillFailed(shown.failed.edges.map(({ node }) => node)), ...nodes(shown.newest)]);
  const totals = activityTotals(connection.latestScanTotals, running, new Date());
  const paused = shown.scanQueue.pause != null;
  return (
    <>
      <PageHeader
        name={connection.name}
        facts={active ? 'Connected. You can leave this page; scans continue on the server.' : 'Nothing is running.'}
        actions={[
          ...(active && !paused ? [{ id: 'pause', text: 'Pause queue', loading: queue.busy === 'pause', onClick: () => void queue.pause() }] : []),
          ...(active ? [{ id: 'cancel', text: 'Cancel remaining', loading: queue.busy === 'cancel', onClick: () => void queue.cancelAll(connection.id).then(onChanged) }] : []),
          { id: 'results', text: active ? 'See results so far' : 'See results', to: paths.images({ connection: connection.id }) },
        ]}
      />
      <Stack>
        <Notice problem={actions.problem ?? queue.problem} onDismiss={actions.problem === undefined ? queue.dismiss : actions.dismiss} />
        <QueuePause queue={shown.scanQueue} waiting={totals.count.queued} actions={queue} />
        <ActivityProgress totals={totals} paused={paused} />
        <ActivityTable
          connectionId={connection.id}
          scans={scans}
          totals={totals}
          onRetry={(scanId) => void actions.retry(scanId).then(onChanged)}
          onCancel={(scanId) => void actions.cancel(scanId).then(onChanged)}
        />
      </Stack>
    </>
  );
}
