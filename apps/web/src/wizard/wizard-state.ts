import type { WizardStep } from '../paths.js';
import { randomIdentifier } from '../random-identifier.js';
import type { ChosenImage } from './chosen-image.js';
import { defaultNaming, defaultPlatforms, emptyRule, type NamingDraft, type PlatformDraft, type RuleDraft } from '../registry/rule-draft.js';
import { defaultRules, noEdits, type NameEdits, type NamingRules } from './naming.js';

/** All of a connection in the making that may be kept in the tab: never a credential. */
export interface WizardState {
  readonly name: string;
  readonly description: string;
  readonly variantId: string | undefined;
  /** The draft on the server, once a credential was verified. */
  readonly draftId: string | undefined;
  readonly credentialKindId: string | undefined;
  /** The user goes on with a credential that scanning does not work with. */
  readonly withoutScanning: boolean;
  /** By variant: changing the tab keeps what was chosen in the other. */
  readonly chosen: Readonly<Record<string, readonly ChosenImage[]>>;
  /** How images are chosen: one by one, or by rules that also find those pushed later. */
  readonly choice: 'hand' | 'rule';
  readonly selections: readonly RuleDraft[];
  readonly naming: NamingDraft;
  readonly platforms: PlatformDraft;
  readonly rules: NamingRules;
  readonly edits: NameEdits;
  /** Makes connecting twice by mistake connect once. */
  readonly mutationId: string;
}

interface Variant {
  readonly id: string;
  readonly credentialKinds: readonly unknown[];
}

const anonymousSteps: readonly WizardStep[] = ['source', 'projects'];
const credentialSteps: readonly WizardStep[] = ['source', 'credentials', 'verify', 'images', 'projects'];

/** The steps of a variant: one that takes no credentials asks for references in the first. */
export function stepsOf(variant: Variant): readonly WizardStep[] {
  return variant.credentialKinds.length === 0 ? anonymousSteps : credentialSteps;
}

/** A connection nobody has typed anything for. */
export function emptyState(): WizardState {
  return {
    name: '',
    description: '',
    variantId: undefined,
    draftId: undefined,
    credentialKindId: undefined,
    withoutScanning: false,
    chosen: {},
    choice: 'hand',
    selections: [emptyRule()],
    naming: defaultNaming,
    platforms: defaultPlatforms,
    rules: defaultRules,
    edits: noEdits,
    mutationId: randomIdentifier(),
  };
}

/** The choice of a variant. */
export function chosenOf(state: WizardState, variantId: string): readonly ChosenImage[] {
  return state.chosen[variantId] ?? [];
}

/** Whether rules choose the images: they need a registry that can be browsed. */
export function choosesByRule(state: WizardState, variant: Variant): boolean {
  return state.choice === 'rule' && variant.credentialKinds.length > 0;
}

/** The step asked for, or the last one that can be shown with what is there. */
export function reachableStep(asked: WizardStep, variant: Variant, state: WizardState): WizardStep {
  const steps = stepsOf(variant);
  const chosen = chosenOf(state, variant.id).length > 0 || choosesByRule(state, variant);
  const open = steps.filter((step) => {
    switch (step) {
      case 'source':
        return true;
      case 'credentials':
        return nameProblem(state.name) === undefined;
      case 'verify':
      case 'images':
        return state.draftId !== undefined;
      case 'projects':
        return (chosen || state.withoutScanning) && nameProblem(state.name) === undefined && (variant.credentialKinds.length === 0 || state.draftId !== undefined);
    }
  });
  const wanted = steps.indexOf(asked);
  return open.filter((step) => steps.indexOf(step) <= wanted).at(-1) ?? 'source';
}

/** What is wrong with a connection's name. */
export function nameProblem(name: string): string | undefined {
  const length = name.trim().length;
  if (length === 0) return 'Enter a name.';
  return length < 3 || length > 60 ? 'Use 3 to 60 characters.' : undefined;
}

/** What was kept in the tab, or nothing when it is of another version or damaged. */
export function parseState(text: string | null): WizardState | undefined {
  try {
    const stored: unknown = JSON.parse(text ?? 'null');
    return isState(stored) ? { ...emptyState(), ...stored } : undefined;
  } catch {
    return undefined;
  }
}

function isState(value: unknown): value is WizardState {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Partial<Record<keyof WizardState, unknown>> = value;
  return (
    typeof fields.name === 'string' &&
    typeof fields.description === 'string' &&
    typeof fields.mutationId === 'string' &&
    (fields.selections === undefined || Array.isArray(fields.selections)) &&
    isObject(fields.rules) &&
    isObject(fields.edits) &&
    isObject(fields.chosen) &&
    Object.values(fields.chosen).every((list) => Array.isArray(list))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
