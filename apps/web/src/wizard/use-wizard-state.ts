import { useCallback, useEffect, useState } from 'react';
import { emptyState, parseState, type WizardState } from './wizard-state.js';

/** The wizard's state, kept in this tab until `forget`: a reload loses nothing but the credential. */
export function useWizardState(pluginId: string): {
  readonly state: WizardState;
  readonly update: (change: Partial<WizardState>) => void;
  readonly forget: () => void;
} {
  const key = `esscm.connect.${pluginId}`;
  const [state, setState] = useState(() => parseState(read(key)) ?? emptyState());
  const [kept, setKept] = useState(true);
  useEffect(() => {
    try {
      if (kept) sessionStorage.setItem(key, JSON.stringify(state));
      else sessionStorage.removeItem(key);
    } catch {
      // Storage refused: the state lives as long as the page.
    }
  }, [key, state, kept]);
  const update = useCallback((change: Partial<WizardState>) => setState((before) => ({ ...before, ...change })), []);
  const forget = useCallback(() => {
    setKept(false);
    setState(emptyState());
  }, []);
  return { state, update, forget };
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
