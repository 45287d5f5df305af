import { useQuery } from '@apollo/client/react';
import { formatCount, formatQuantity } from '../../formats/format-count.js';
import { usePageLayout } from '../../frame/layout.js';
import { SystemDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { Alert } from '../../ui/Alert.js';
import { AppLink } from '../../ui/AppLink.js';
import { Facts } from '../../ui/Facts.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { Panel, Stack } from '../../ui/Panel.js';
import { QueryView } from '../QueryView.js';
import { SettingsTabs } from './SettingsTabs.js';

const storages: Readonly<Record<string, string>> = { embedded: 'Embedded, in the data folder', postgresql: 'PostgreSQL' };
const queues: Readonly<Record<string, string>> = { embedded: 'Embedded', postgresql: 'PostgreSQL', redis: 'Redis' };

/** What runs here. */
export function SystemPage() {
  usePageLayout({});
  const result = useQuery(SystemDocument, { fetchPolicy: 'cache-and-network' });
  return (
    <QueryView result={result}>
      {({ installation, overview, plugins }) => (
        <>
          <PageHeader name="Settings" facts="Yours, and those of this installation." />
          <SettingsTabs selected="system">
            <Stack>
              {overview.storageAdvice != null && <Alert type="warning">{overview.storageAdvice}</Alert>}
              <Panel title="This installation">
                <Facts
                  facts={[
                    { label: 'Version', value: <span className="esscm-mono">{installation.version}</span> },
                    { label: 'Data', value: storages[installation.storage] ?? installation.storage },
                    { label: 'Queue', value: queues[installation.queue] ?? installation.queue },
                    { label: 'Connections', value: <AppLink to={paths.connections()}>{formatCount(overview.connectionCount)}</AppLink> },
                    { label: 'Images', value: <AppLink to={paths.images()}>{`${formatCount(overview.scannedImageCount)} of ${formatCount(overview.imageCount)} scanned`}</AppLink> },
                    { label: 'Scans', value: <AppLink to={paths.scans({ state: 'active' })}>{`${formatCount(overview.activeScanCount)} waiting or running`}</AppLink> },
                  ]}
                />
              </Panel>
              <Panel title="Plugins" description="What registries can be connected with.">
                <Facts facts={plugins.map(({ name, connectionCount }) => ({ label: name, value: formatQuantity(connectionCount, 'connection') }))} />
              </Panel>
            </Stack>
          </SettingsTabs>
        </>
      )}
    </QueryView>
  );
}
