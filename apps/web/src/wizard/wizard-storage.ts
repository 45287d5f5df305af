import { emptyState, parseState, type WizardState } from './wizard-state.js';

const stateKey = (pluginId: string): string => `esscm.connect.${pluginId}`;
const draftKey = (pluginId: string): string => `esscm.draft.${pluginId}`;
const variantKey = (pluginId: string): string => `esscm.variant.${pluginId}`;

/** What was typed in this tab, or the draft saved in this browser, or nothing typed yet with the variant that was used last. */
export function readState(pluginId: string): WizardState {
  const variantId = read('localStorage', variantKey(pluginId)) ?? undefined;
  return parseState(read('sessionStorage', stateKey(pluginId))) ?? savedDraft(pluginId) ?? { ...emptyState(), variantId };
}

/** Keeps what is typed until the tab is closed. Never a credential: the state has none. */
export function keepState(pluginId: string, state: WizardState): void {
  write('sessionStorage', stateKey(pluginId), JSON.stringify(state));
  if (state.variantId !== undefined) write('localStorage', variantKey(pluginId), state.variantId);
}

/** The draft that was saved, for whoever opens the wizard next. */
export function savedDraft(pluginId: string): WizardState | undefined {
  return parseState(read('localStorage', draftKey(pluginId)));
}

/** Keeps a draft in this browser until it is connected or cancelled. False when the browser refuses. */
export function saveDraft(pluginId: string, state: WizardState): boolean {
  return write('localStorage', draftKey(pluginId), JSON.stringify(state));
}

/** Forgets everything but which variant was used last. */
export function forgetState(pluginId: string): void {
  write('sessionStorage', stateKey(pluginId), undefined);
  write('localStorage', draftKey(pluginId), undefined);
}

type Place = 'localStorage' | 'sessionStorage';

function read(place: Place, key: string): string | null {
  try {
    return window[place].getItem(key);
  } catch {
    return null;
  }
}

/** A browser may refuse to store: then what is typed lives as long as the page. */
function write(place: Place, key: string, text: string | undefined): boolean {
  try {
    if (text === undefined) window[place].removeItem(key);
    else window[place].setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
