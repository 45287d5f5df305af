import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { outcomeOf } from '../graphql/outcome.js';
import { CancelScanDocument, RequestScanDocument, RetryScanDocument, type ScanRowFragment } from '../gql/graphql.js';

/** Start, repeat and stop scans; `problem` says why the last attempt was refused. */
export interface ScanActions {
  readonly scanImage: (imageId: string) => Promise<ScanRowFragment | undefined>;
  readonly retry: (scanId: string) => Promise<ScanRowFragment | undefined>;
  readonly cancel: (scanId: string) => Promise<ScanRowFragment | undefined>;
  readonly busy: boolean;
  readonly problem: string | undefined;
  readonly dismiss: () => void;
}

type Answer = { readonly __typename: 'ScanPayload'; readonly scan: ScanRowFragment } | { readonly __typename: 'NotFoundProblem' | 'ConflictProblem'; readonly message: string };

/** The three things to do with a scan, with what came of them. */
export function useScanActions(): ScanActions {
  const [problem, setProblem] = useState<string>();
  const [request, requesting] = useMutation(RequestScanDocument);
  const [retry, retrying] = useMutation(RetryScanDocument);
  const [cancel, cancelling] = useMutation(CancelScanDocument);
  const settle = async <Data>(asking: Promise<{ readonly data?: Data | null | undefined; readonly error?: unknown }>, read: (data: Data) => Answer): Promise<ScanRowFragment | undefined> => {
    setProblem(undefined);
    const outcome = await outcomeOf(asking);
    if ('problem' in outcome) {
      setProblem(outcome.problem);
      return undefined;
    }
    const answer = read(outcome.data);
    if (answer.__typename === 'ScanPayload') return answer.scan;
    setProblem(answer.message);
    return undefined;
  };
  return {
    scanImage: (imageId) => settle(request({ variables: { imageId } }), (data) => data.requestScan),
    retry: (id) => settle(retry({ variables: { id } }), (data) => data.retryScan),
    cancel: (id) => settle(cancel({ variables: { id } }), (data) => data.cancelScan),
    busy: requesting.loading || retrying.loading || cancelling.loading,
    problem,
    dismiss: () => setProblem(undefined),
  };
}
