import type { FindingFilterInput } from '../gql/graphql.js';
import type { Withdrawable } from './use-withdraw.js';

/** What is decided about: findings by name, or all that match a filter when the decision is made. */
export type DecisionSubject = { readonly ids: readonly string[] } | { readonly filter: FindingFilterInput; readonly countText: string };

/** What came of a decision: in words, and what takes it back. */
export interface DecidedOutcome {
  readonly said: string;
  readonly undo: Withdrawable | undefined;
}
