import type { MatchInput } from '@esscm/vulnerabilities';
import type { MatchOutcome } from './match-outcome.js';

/** What the matching thread is asked. */
export interface MatchingTasks {
  readonly match: { readonly request: MatchInput; readonly answer: MatchOutcome };
  readonly revision: { readonly request: undefined; readonly answer: string | undefined };
}

export type MatchingTaskName = keyof MatchingTasks;

export type ToMatcher = { readonly [Name in MatchingTaskName]: { readonly name: Name; readonly task: number; readonly request: MatchingTasks[Name]['request'] } }[MatchingTaskName];

export type FromMatcher = { readonly task: number } & ({ readonly answer: unknown } | { readonly failure: string });
