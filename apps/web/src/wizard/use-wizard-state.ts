import { useCallback, useEffect, useState } from 'react';
import { emptyState, type WizardState } from './wizard-state.js';
import { forgetState, keepState, readState, saveDraft } from './wizard-storage.js';

/** The wizard's state, kept in this tab until `forget`: a reload loses nothing but the credential. */
export function useWizardState(pluginId: string): {
  readonly state: WizardState;
  readonly update: (change: Partial<WizardState>) => void;
  /** Keeps it in this browser for another day; false when the browser refuses. */
  readonly save: () => boolean;
  readonly forget: () => void;
} {
  const [state, setState] = useState(() => readState(pluginId));
  const [kept, setKept] = useState(true);
  useEffect(() => {
    if (kept) keepState(pluginId, state);
    else forgetState(pluginId);
  }, [pluginId, state, kept]);
  const update = useCallback((change: Partial<WizardState>) => setState((before) => ({ ...before, ...change })), []);
  const forget = useCallback(() => {
    setKept(false);
    setState(emptyState());
  }, []);
  return { state, update, save: () => saveDraft(pluginId, state), forget };
}
