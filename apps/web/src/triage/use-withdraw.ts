import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { WithdrawDecisionBatchDocument, WithdrawDecisionsDocument } from '../gql/graphql.js';
import { outcomeOf } from '../graphql/outcome.js';
import { withdrawnText } from './triage-words.js';
import { useRefreshTriage } from './use-refresh-triage.js';

/** What to take back: one decision, or those that were made together. */
export type Withdrawable = { readonly id: string } | { readonly batchId: string };

interface Withdrawing {
  readonly withdraw: (what: Withdrawable) => Promise<void>;
  readonly busy: boolean;
  /** What was done last; empty before. */
  readonly said: string;
  readonly problem: string | undefined;
  readonly dismiss: () => void;
}

/** Takes decisions back, and shows what is true afterwards. */
export function useWithdraw(): Withdrawing {
  const [one, oneRunning] = useMutation(WithdrawDecisionsDocument);
  const [together, togetherRunning] = useMutation(WithdrawDecisionBatchDocument);
  const refresh = useRefreshTriage();
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState<string>();
  const count = async (what: Withdrawable): Promise<{ readonly count: number } | { readonly problem: string }> => {
    if ('id' in what) {
      const outcome = await outcomeOf(one({ variables: { ids: [what.id] } }));
      return 'problem' in outcome ? outcome : { count: outcome.data.withdrawDecisions.decisions.length };
    }
    const outcome = await outcomeOf(together({ variables: { batchId: what.batchId } }));
    return 'problem' in outcome ? outcome : { count: outcome.data.withdrawDecisionBatch.count };
  };
  const withdraw = async (what: Withdrawable): Promise<void> => {
    setSaid('');
    setProblem(undefined);
    const outcome = await count(what);
    if ('problem' in outcome) return setProblem(outcome.problem);
    setSaid(withdrawnText(outcome.count));
    await refresh();
  };
  return { withdraw, busy: oneRunning.loading || togetherRunning.loading, said, problem, dismiss: () => setProblem(undefined) };
}
