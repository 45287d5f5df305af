import type { ApolloClient } from '@apollo/client';
import { useEffect } from 'react';
import { unreachable, useUnreachable } from '../graphql/connection-state.js';

const intervalMs = 4_000;

/** While the server does not answer, asks again now and then, and refreshes the page once it does. */
export function useReconnect(client: ApolloClient | undefined): void {
  const lost = useUnreachable();
  useEffect(() => {
    const onOffline = (): void => unreachable.set(true);
    window.addEventListener('offline', onOffline);
    return () => window.removeEventListener('offline', onOffline);
  }, []);
  useEffect(() => {
    if (!lost) return undefined;
    const timer = setInterval(() => {
      void fetch('/healthz', { cache: 'no-store' }).then(
        ({ ok }) => {
          if (!ok) return;
          unreachable.set(false);
          void client?.refetchQueries({ include: 'active' });
        },
        () => undefined,
      );
    }, intervalMs);
    return () => clearInterval(timer);
  }, [client, lost]);
}
