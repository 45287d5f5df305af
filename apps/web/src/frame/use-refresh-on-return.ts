import type { ApolloClient } from '@apollo/client';
import { useEffect } from 'react';

/** A shorter look elsewhere changes nothing. */
const awayMs = 5_000;

/** Asks again for what is shown when somebody comes back to this tab: meanwhile another one may have changed it. */
export function useRefreshOnReturn(client: Pick<ApolloClient, 'refetchQueries'> | undefined): void {
  useEffect(() => {
    let leftAt = Number.POSITIVE_INFINITY;
    const onChange = (): void => {
      if (document.hidden) leftAt = Date.now();
      else if (Date.now() - leftAt >= awayMs) void client?.refetchQueries({ include: 'active' });
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, [client]);
}
