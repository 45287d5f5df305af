import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { WithdrawDecisionsDocument } from '../gql/graphql.js';
import { outcomeOf } from '../graphql/outcome.js';
import { withdrawnText } from './triage-words.js';
import { useRefreshTriage } from './use-refresh-triage.js';

interface Withdrawing {
  readonly withdraw: (id: string) => Promise<void>;
  readonly busy: boolean;
  /** What was done last; empty before. */
  readonly said: string;
  readonly problem: string | undefined;
  readonly dismiss: () => void;
}

/** Takes a decision back, and shows what is true afterwards. */
export function useWithdraw(): Withdrawing {
  const [mutate, { loading }] = useMutation(WithdrawDecisionsDocument);
  const refresh = useRefreshTriage();
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState<string>();
  const withdraw = async (id: string): Promise<void> => {
    setSaid('');
    setProblem(undefined);
    const outcome = await outcomeOf(mutate({ variables: { ids: [id] } }));
    if ('problem' in outcome) return setProblem(outcome.problem);
    setSaid(withdrawnText(outcome.data.withdrawDecisions.decisions.length));
    await refresh();
  };
  return { withdraw, busy: loading, said, problem, dismiss: () => setProblem(undefined) };
}
