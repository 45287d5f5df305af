import type { MatchInput } from '@esscm/vulnerabilities';
import type { MatchOutcome } from './match-outcome.js';

/** Where the thread finds advisories. */
export interface AdvisoryFolders {
  /** Holds generations, or will. */
  readonly folder: string;
  /** Those of the built-in sample: folders of OSV records, and where a generation of them may be made. */
  readonly sample?: { readonly records: readonly string[]; readonly folder: string };
}

/** An image, and whether it is one of the built-in sample. */
export interface ImageToMatch extends MatchInput {
  readonly isSample?: boolean;
}

/** What the matching thread is asked. */
export interface MatchingTasks {
  readonly match: { readonly request: ImageToMatch; readonly answer: MatchOutcome };
  readonly revision: { readonly request: undefined; readonly answer: string | undefined };
}

export type MatchingTaskName = keyof MatchingTasks;

export type ToMatcher = { readonly [Name in MatchingTaskName]: { readonly name: Name; readonly task: number; readonly request: MatchingTasks[Name]['request'] } }[MatchingTaskName];

export type FromMatcher = { readonly task: number } & ({ readonly answer: unknown } | { readonly failure: string });
