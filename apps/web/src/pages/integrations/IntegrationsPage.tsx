import { useQuery } from '@apollo/client/react';
import { IntegrationsDocument, type IntegrationsQuery } from '../../gql/graphql.js';
import { usePageLayout } from '../../frame/layout.js';
import { formatCount } from '../../formats/format-count.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { Chip } from '../../ui/Chip.js';
import { ExternalLink } from '../../ui/ExternalLink.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { PageHeader } from '../../ui/PageHeader.js';
import { PluginIcon } from '../../ui/PluginIcon.js';
import { savedDraft } from '../../wizard/wizard-storage.js';
import { QueryView } from '../QueryView.js';
import { capabilityTags } from './capability-tags.js';
import styles from './IntegrationsPage.module.css';

type Plugin = IntegrationsQuery['plugins'][number];

/** Where images can come from: one card a plugin, drawn from its own description. */
export function IntegrationsPage() {
  usePageLayout({ contentType: 'cards' });
  const result = useQuery(IntegrationsDocument, { fetchPolicy: 'cache-and-network' });
  return (
    <QueryView result={result}>
      {({ plugins }) => (
        <>
          <PageHeader name="Integrations" facts="Connect the places your images come from. Every card below is a plugin." />
          <ul className={styles['cards']}>
            {plugins.map((plugin, index) => (
              <PluginCard key={plugin.id} plugin={plugin} primary={index === 0} />
            ))}
          </ul>
          <p className={styles['more']}>
            Need another source? A registry plugin is one package, checked by the contract test kit: <code>docs/adding-a-registry-plugin.md</code>.
          </p>
        </>
      )}
    </QueryView>
  );
}

function PluginCard({ plugin, primary }: { readonly plugin: Plugin; readonly primary: boolean }) {
  const [documentation] = plugin.documentation;
  const draft = savedDraft(plugin.id);
  return (
    <li className={styles['card']}>
      <div className={styles['head']}>
        <span className={styles['icon']}>
          <PluginIcon svg={plugin.icon} />
        </span>
        <div>
          <h2 className={styles['name']}>{plugin.name}</h2>
          <div className={styles['state']}>
            {plugin.connectionCount === 0 ? (
              'Not connected'
            ) : (
              <span className={styles['connected']}>
                <span className={styles['dot']} aria-hidden="true" />
                <AppLink to={paths.connections()}>{formatCount(plugin.connectionCount)} connected</AppLink>
              </span>
            )}
          </div>
        </div>
      </div>
      <p className={styles['summary']}>{plugin.summary}</p>
      <div className={styles['chips']}>
        {capabilityTags(plugin.variants).map((tag) => (
          <Chip key={tag}>{tag}</Chip>
        ))}
      </div>
      {draft === undefined ? null : <p className={styles['draft']}>Draft: {draft.name === '' ? 'not named yet' : draft.name}</p>}
      <div className={styles['foot']}>
        <LinkButton to={paths.connect(plugin.id)} variant={primary ? 'primary' : 'normal'} ariaLabel={`${draft === undefined ? 'Connect' : 'Continue draft of'} ${plugin.name}`}>
          {draft === undefined ? 'Connect' : 'Continue draft'}
        </LinkButton>
        {documentation === undefined ? null : <ExternalLink href={documentation.url}>{documentation.title}</ExternalLink>}
      </div>
    </li>
  );
}
