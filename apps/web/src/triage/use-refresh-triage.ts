import { useApolloClient } from '@apollo/client/react';
import { useCallback } from 'react';

/** Operations that show what was decided. */
const showing: ReadonlySet<string> = new Set(['Findings', 'FindingGroups', 'ImageFindings', 'FindingDetail', 'FindingHistory', 'Decisions']);

/** Asks again for what is shown of decisions. A decision reaches findings beyond those it was made with, so none is changed in place. */
export function useRefreshTriage(): () => Promise<void> {
  const client = useApolloClient();
  return useCallback(async () => {
    await client.refetchQueries({ include: 'active', onQueryUpdated: ({ queryName }) => queryName !== undefined && showing.has(queryName) });
  }, [client]);
}
