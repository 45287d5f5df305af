import { useMutation, useSubscription } from '@apollo/client/react';
import { useState } from 'react';
import { CancelScansDocument, PauseScanQueueDocument, ResumeScanQueueDocument, RetryFailedScansDocument, ScanQueueChangedDocument } from '../gql/graphql.js';
import { outcomeOf } from '../graphql/outcome.js';

/** What can be done with many scans at once; `problem` says why the last attempt was refused. */
export interface ScanQueueActions {
  readonly pause: () => Promise<unknown>;
  readonly resume: () => Promise<unknown>;
  /** Gives how many scans were started again. */
  readonly retryFailed: () => Promise<number | undefined>;
  /** Gives how many scans of the connection were stopped. */
  readonly cancelAll: (connectionId: string) => Promise<number | undefined>;
  readonly busy: 'pause' | 'resume' | 'retry' | 'cancel' | undefined;
  readonly problem: string | undefined;
  readonly dismiss: () => void;
}

/** The queue as a whole. While the page is shown, a pause that anybody begins or ends lands in the client's cache. */
export function useScanQueue(): ScanQueueActions {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState<ScanQueueActions['busy']>();
  const [pauseQueue] = useMutation(PauseScanQueueDocument);
  const [resumeQueue] = useMutation(ResumeScanQueueDocument);
  const [retryFailed] = useMutation(RetryFailedScansDocument);
  const [cancelScans] = useMutation(CancelScansDocument);
  useSubscription(ScanQueueChangedDocument, { ignoreResults: true, onError: () => undefined });

  const settle = async <Data>(
    what: NonNullable<ScanQueueActions['busy']>,
    asking: Promise<{ readonly data?: Data | null | undefined; readonly error?: unknown }>,
    read: (data: Data) => { readonly problem: string } | { readonly count: number },
  ): Promise<number | undefined> => {
    setBusy(what);
    setProblem(undefined);
    const outcome = await outcomeOf(asking);
    setBusy(undefined);
    const answer = 'problem' in outcome ? outcome : read(outcome.data);
    if ('count' in answer) return answer.count;
    setProblem(answer.problem);
    return undefined;
  };
  const one = (answer: { readonly __typename: 'ScanQueuePayload' } | { readonly __typename: 'ConflictProblem'; readonly message: string }) =>
    answer.__typename === 'ScanQueuePayload' ? { count: 1 } : { problem: answer.message };
  return {
    pause: () => settle('pause', pauseQueue(), ({ pauseScanQueue }) => one(pauseScanQueue)),
    resume: () => settle('resume', resumeQueue(), ({ resumeScanQueue }) => one(resumeScanQueue)),
    retryFailed: () => settle('retry', retryFailed(), ({ retryFailedScans }) => retryFailedScans),
    cancelAll: (connectionId) => settle('cancel', cancelScans({ variables: { connectionId } }), (data) => data.cancelScans),
    busy,
    problem,
    dismiss: () => setProblem(undefined),
  };
}
