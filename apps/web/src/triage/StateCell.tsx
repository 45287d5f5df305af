import type { FindingState } from '../gql/graphql.js';
import { stateWords } from './triage-words.js';

/** The state of a finding in a row; one that nobody decided about stands back. */
export function StateCell({ state }: { readonly state: FindingState }) {
  return <span className={state === 'UNTRIAGED' ? 'esscm-tertiary' : 'esscm-strong'}>{stateWords[state]}</span>;
}
