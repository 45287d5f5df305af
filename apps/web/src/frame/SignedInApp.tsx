import { ApolloProvider } from '@apollo/client/react';
import { useEffect, useMemo } from 'react';
import { Outlet } from 'react-router';
import type { ViewerFieldsFragment } from '../gql/graphql.js';
import { createApiClient } from '../graphql/client.js';
import { useSession } from '../session/session.js';
import { Frame } from './Frame.js';
import { useReconnect } from './use-reconnect.js';

/** Everything behind the sign-in: the API's client and the frame. A chunk of its own, so that signing in stays light. */
export function SignedInApp({ viewer }: { readonly viewer: ViewerFieldsFragment }) {
  const { signedOut } = useSession();
  const client = useMemo(() => createApiClient(signedOut), [signedOut]);
  useEffect(() => () => void client.close(), [client]);
  useReconnect(client.apollo);
  return (
    <ApolloProvider client={client.apollo}>
      <Frame viewer={viewer}>
        <Outlet />
      </Frame>
    </ApolloProvider>
  );
}
