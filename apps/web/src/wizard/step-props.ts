import type { WizardPluginFragment } from '../gql/graphql.js';
import type { ChosenImage } from './chosen-image.js';
import type { WizardState } from './wizard-state.js';

/** What every step gets. */
export interface StepProps {
  readonly state: WizardState;
  readonly update: (change: Partial<WizardState>) => void;
  readonly plugin: WizardPluginFragment;
  readonly variant: WizardPluginFragment['variants'][number];
  readonly chosen: readonly ChosenImage[];
  /** The user tried to go on from here: what is missing is said now. */
  readonly showProblems: boolean;
}
