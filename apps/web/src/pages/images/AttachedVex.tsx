import { useQuery } from '@apollo/client/react';
import { AttachedVexDocument } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { Alert } from '../../ui/Alert.js';
import { AppLink } from '../../ui/AppLink.js';
import { effectText } from '../findings/vex-words.js';

/** VEX documents that were found attached to an image and count; nothing where none did. */
export function AttachedVex({ imageId }: { readonly imageId: string }) {
  const { data } = useQuery(AttachedVexDocument, { variables: { imageId }, fetchPolicy: 'cache-and-network' });
  const documents = data?.vexDocuments.edges.map(({ node }) => node) ?? [];
  if (documents.length === 0) return null;
  return (
    <Alert type="info" header="VEX documents attached here">
      <ul className="esscm-notices">
        {documents.map(({ id, author, location, effect }) => (
          <li key={id}>
            <AppLink to={paths.vexDocument(id)}>{author}</AppLink>: {effectText(effect)} <span className="esscm-mono esscm-secondary">{location.split('@').at(-1)?.slice(0, 19)}</span>
          </li>
        ))}
      </ul>
      <AppLink to={paths.vexDocuments()}>Whether attached documents count</AppLink>
    </Alert>
  );
}
