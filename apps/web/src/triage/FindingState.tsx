import { useCallback, useState } from 'react';
import { formatDay } from '../formats/format-time.js';
import type { FindingDetailQuery } from '../gql/graphql.js';
import { Button } from '../ui/Button.js';
import { Facts } from '../ui/Facts.js';
import { LiveRegion } from '../ui/LiveRegion.js';
import { Notice } from '../ui/Notice.js';
import { SpaceBetween } from '../ui/SpaceBetween.js';
import { DecisionDialog } from './DecisionDialog.js';
import type { DecidedOutcome } from './decided-outcome.js';
import { DecisionEndText } from './DecisionEndText.js';
import { DecisionScopeText } from './DecisionScopeText.js';
import { justificationWords, stateWords } from './triage-words.js';
import { useWithdraw } from './use-withdraw.js';
import { VerdictText } from './VerdictText.js';

/** What was decided about a finding, what documents say of it, and how to decide otherwise. */
export function FindingState({ finding: { id, state, decision, verdict } }: { readonly finding: Pick<NonNullable<FindingDetailQuery['finding']>, 'id' | 'state' | 'decision' | 'verdict'> }) {
  const [open, setOpen] = useState(false);
  const [decided, setDecided] = useState('');
  const { withdraw, busy, said, problem, dismiss } = useWithdraw();
  const close = useCallback((outcome?: DecidedOutcome) => {
    setOpen(false);
    setDecided(outcome?.said ?? '');
  }, []);
  return (
    <SpaceBetween size="s">
      {decision == null ? (
        verdict == null ? (
          <span className="esscm-secondary">Nobody has decided about this finding.</span>
        ) : null
      ) : (
        <Facts
          facts={[
            { label: 'State', value: <span className="esscm-strong">{stateWords[state]}</span> },
            { label: 'Because', value: decision.justification == null ? undefined : justificationWords[decision.justification] },
            { label: 'Reason', value: decision.reason },
            { label: 'Decided by', value: `${decision.author}, ${formatDay(new Date(decision.createdAt))}` },
            { label: 'Holds for', value: <DecisionScopeText decision={decision} /> },
            { label: 'Until', value: <DecisionEndText decision={decision} /> },
          ]}
        />
      )}
      {verdict == null ? null : <VerdictText verdict={verdict} overruled={decision != null} />}
      <Notice problem={problem} onDismiss={dismiss} />
      <SpaceBetween direction="horizontal" size="xs">
        <Button onClick={() => setOpen(true)}>Set state</Button>
        {decision == null ? null : (
          <Button loading={busy} onClick={() => void withdraw({ id: decision.id })}>
            Withdraw
          </Button>
        )}
      </SpaceBetween>
      <LiveRegion text={decided === '' ? said : decided} />
      {open ? <DecisionDialog subject={{ ids: [id] }} onClose={close} /> : null}
    </SpaceBetween>
  );
}
