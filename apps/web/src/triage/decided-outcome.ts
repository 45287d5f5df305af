import type { FindingFilterInput } from '../gql/graphql.js';
import type { Withdrawable } from './use-withdraw.js';

/** What is decided about: findings by name, or all that match a filter when the decision is made, be it the filter of the list or one that names rows chosen in it. */
export type DecisionSubject = { readonly ids: readonly string[] } | { readonly filter: FindingFilterInput; readonly countText: string; readonly of: 'list' | 'rows' };

/** What came of a decision: in words, and what takes it back. */
export interface DecidedOutcome {
  readonly said: string;
  readonly undo: Withdrawable | undefined;
}
