import { useQuery } from '@apollo/client/react';
import { useParams } from 'react-router';
import { usePageLayout } from '../frame/layout.js';
import { ConnectPluginDocument } from '../gql/graphql.js';
import { NotFoundPage } from '../pages/NotFoundPage.js';
import { QueryView } from '../pages/QueryView.js';
import { paths } from '../paths.js';
import { ConnectWizard } from './ConnectWizard.js';

/** Connecting a registry of one plugin. */
export function ConnectPage() {
  const { pluginId = '' } = useParams();
  const result = useQuery(ConnectPluginDocument, { variables: { id: pluginId } });
  const name = result.data?.plugin?.name;
  usePageLayout({
    contentType: 'wizard',
    rail: true,
    crumbs: [
      { text: 'Integrations', href: paths.integrations() },
      { text: name ?? pluginId, href: paths.integrations() },
      { text: 'New connection', href: paths.connect(pluginId) },
    ],
  });
  return <QueryView result={result}>{({ plugin }) => (plugin == null ? <NotFoundPage what="integration" /> : <ConnectWizard key={plugin.id} plugin={plugin} />)}</QueryView>;
}
