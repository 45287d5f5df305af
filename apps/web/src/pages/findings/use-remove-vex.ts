import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { RemoveVexDocumentDocument } from '../../gql/graphql.js';
import { outcomeOf } from '../../graphql/outcome.js';

/** Removing a document: `remove` answers whether it is gone. */
export function useRemoveVex() {
  const [mutate, { loading: busy, client }] = useMutation(RemoveVexDocumentDocument);
  const [problem, setProblem] = useState<string>();
  const remove = async (id: string): Promise<boolean> => {
    const outcome = await outcomeOf(mutate({ variables: { id } }));
    const answer = 'problem' in outcome ? { __typename: 'Problem', message: outcome.problem } : outcome.data.removeVexDocument;
    const gone = answer.__typename === 'RemoveVexDocumentPayload';
    setProblem(gone || !('message' in answer) ? undefined : answer.message);
    // Findings far beyond this page are open again.
    if (gone) await client.resetStore();
    return gone;
  };
  return { remove, busy, problem, dismiss: () => setProblem(undefined) };
}
