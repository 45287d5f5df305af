import { useEffect, useState } from 'react';
import { Button } from '../ui/Button.js';
import { LiveRegion } from '../ui/LiveRegion.js';
import type { WizardState } from './wizard-state.js';

/** Keeps what is typed for another day, and says that it did until something else is typed. */
export function SaveDraft({ state, save }: { readonly state: WizardState; readonly save: () => boolean }) {
  const [outcome, setOutcome] = useState<'saved' | 'refused'>();
  useEffect(() => setOutcome(undefined), [state]);
  const text = outcome === 'saved' ? 'Draft saved in this browser, without credentials.' : outcome === 'refused' ? 'This browser stores nothing for this page.' : '';
  return (
    <>
      <Button variant="link" onClick={() => setOutcome(save() ? 'saved' : 'refused')}>
        Save draft
      </Button>
      {text === '' ? null : <span className="esscm-secondary">{text}</span>}
      <LiveRegion text={text} />
    </>
  );
}
