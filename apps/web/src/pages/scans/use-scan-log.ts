import { useSubscription } from '@apollo/client/react';
import { useState } from 'react';
import { ScanLogLinesDocument, type ScanLogFactsFragment } from '../../gql/graphql.js';
import { mergedLines } from './log-lines.js';

/** The lines of the page's answer and those that came since, by events; while there are none, the page asks again. */
export function useScanLog(scanId: string, answered: readonly ScanLogFactsFragment[], active: boolean): readonly ScanLogFactsFragment[] {
  const [come, setCome] = useState<readonly ScanLogFactsFragment[]>([]);
  // Where the first answer ended: the subscription is not made anew with each line, and gives what is missing after a reconnection.
  const [after] = useState(answered.at(-1)?.position ?? 0);
  useSubscription(ScanLogLinesDocument, {
    variables: { id: scanId, after },
    skip: !active,
    ignoreResults: true,
    onData: ({ data }) => {
      const lines = data.data?.scanLogLines;
      if (lines !== undefined) setCome((before) => mergedLines(before, lines));
    },
    onError: () => undefined,
  });
  return mergedLines(answered, come);
}
