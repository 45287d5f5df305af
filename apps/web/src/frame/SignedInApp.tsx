import { ApolloProvider } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { Outlet } from 'react-router';
import type { ViewerFieldsFragment } from '../gql/graphql.js';
import { createApiClient, type ApiClient } from '../graphql/client.js';
import { useSession } from '../session/session.js';
import { Frame } from './Frame.js';
import { useReconnect } from './use-reconnect.js';
import { useRefreshOnReturn } from './use-refresh-on-return.js';

/** Everything behind the sign-in: the API's client and the frame. A chunk of its own, so that signing in stays light. */
export function SignedInApp({ viewer }: { readonly viewer: ViewerFieldsFragment }) {
  const { signedOut } = useSession();
  const [client, setClient] = useState<ApiClient>();
  useEffect(() => {
    const created = createApiClient(signedOut);
    setClient(created);
    return () => void created.close();
  }, [signedOut]);
  useReconnect(client?.apollo);
  useRefreshOnReturn(client?.apollo);
  if (client === undefined) return null;
  return (
    <ApolloProvider client={client.apollo}>
      <Frame viewer={viewer}>
        <Outlet />
      </Frame>
    </ApolloProvider>
  );
}
