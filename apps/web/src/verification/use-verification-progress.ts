import { useQuery, useSubscription } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { FollowVerificationDocument, VerificationProgressDocument, type VerificationProgressFieldsFragment } from '../gql/graphql.js';
import { useLive } from '../graphql/connection-state.js';

/** What is verified: a credential in the making, or a connection. */
export type VerificationTarget = { readonly draftId: string } | { readonly connectionId: string };

const pollMs = 700;

/**
 * How far a verification is, row by row: by events while one runs, or by asking again where there are none. Nothing is asked
 * without a target. The answer of whatever starts a verification lands under the same id and begins it anew.
 */
export function useVerificationProgress(target: VerificationTarget | undefined): VerificationProgressFieldsFragment | undefined {
  const live = useLive();
  const variables = {
    draftId: target !== undefined && 'draftId' in target ? target.draftId : null,
    connectionId: target !== undefined && 'connectionId' in target ? target.connectionId : null,
  };
  const asked = useQuery(VerificationProgressDocument, { variables, skip: target === undefined, fetchPolicy: 'cache-and-network' });
  const progress = asked.data?.verificationProgress ?? undefined;
  const running = progress?.running === true;
  useSubscription(FollowVerificationDocument, { variables, skip: !running, ignoreResults: true, onError: () => undefined });
  const latest = useRef(asked.refetch);
  latest.current = asked.refetch;
  useEffect(() => {
    if (!running || live) return undefined;
    const timer = setInterval(() => void latest.current().catch(() => undefined), pollMs);
    return () => clearInterval(timer);
  }, [running, live]);
  return progress;
}
