import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
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
  const settle = async (asking: Promise<Answer | undefined>): Promise<ScanRowFragment | undefined> => {
    setProblem(undefined);
    try {
      const answer = await asking;
      if (answer?.__typename === 'ScanPayload') return answer.scan;
      setProblem(answer?.message ?? 'The server gave no answer.');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The server gave no answer.');
    }
    return undefined;
  };
  return {
    scanImage: (imageId) => settle(request({ variables: { imageId } }).then(({ data }) => data?.requestScan)),
    retry: (id) => settle(retry({ variables: { id } }).then(({ data }) => data?.retryScan)),
    cancel: (id) => settle(cancel({ variables: { id } }).then(({ data }) => data?.cancelScan)),
    busy: requesting.loading || retrying.loading || cancelling.loading,
    problem,
    dismiss: () => setProblem(undefined),
  };
}
