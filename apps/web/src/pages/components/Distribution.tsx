import { formatQuantity } from '../../formats/format-count.js';
import type { SearchComponentsQuery } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { Facts } from '../../ui/Facts.js';
import { Panel } from '../../ui/Panel.js';

export type FoundComponents = Extract<SearchComponentsQuery['searchComponents'], { readonly __typename: 'ComponentSearchPayload' }>;

/** Where the matches are, by connection. */
export function Distribution({ found, range }: { readonly found: FoundComponents; readonly range: string }) {
  if (found.imageCount === 0) return null;
  return (
    <Panel>
      <Facts
        layout="strip"
        facts={[
          { label: range === '' ? 'All connections' : `In range ${range}`, value: formatQuantity(found.imageCount, 'image') },
          ...found.connections.map(({ connection, imageCount }) => ({ label: connection.name, value: <AppLink to={paths.images({ connection: connection.id })}>{formatQuantity(imageCount, 'image')}</AppLink> })),
        ]}
      />
    </Panel>
  );
}
