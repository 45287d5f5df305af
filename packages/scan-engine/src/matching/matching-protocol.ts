import type { MatchInput } from '@esscm/vulnerabilities';
import type { AdvisoryChanges } from './changes-since.js';
import type { ComponentToJudge, JudgedComponent } from './judge-components.js';
import type { KnownExploitation, MatchOutcome } from './match-outcome.js';
import type { ImageSupport } from './support-at-hand.js';
import type { EarlierFindings } from './why-resolved.js';

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
  /** Of what is found no longer the outcome says why. */
  readonly earlier?: EarlierFindings;
}

/** What the matching thread is asked. */
export interface MatchingTasks {
  readonly match: { readonly request: ImageToMatch; readonly answer: MatchOutcome };
  readonly held: { readonly request: undefined; readonly answer: HeldAdvisories | undefined };
  readonly changes: { readonly request: string; readonly answer: AdvisoryChanges | undefined };
  readonly judge: { readonly request: { readonly components: readonly ComponentToJudge[]; readonly since: string }; readonly answer: readonly JudgedComponent[] | undefined };
  readonly exploitation: { readonly request: { readonly vulnerabilities: readonly string[]; readonly since: string | undefined }; readonly answer: readonly KnownExploitation[] };
  readonly supportedPackages: { readonly request: undefined; readonly answer: readonly string[] };
  readonly support: { readonly request: { readonly images: readonly ImageSupport[]; readonly today: string }; readonly answer: readonly MatchOutcome['notices'][] };
}

/** The advisories at hand. */
export interface HeldAdvisories {
  readonly revision: string;
  /** RFC 3339; absent when nothing says so. */
  readonly advisoriesAt?: string;
  /** Of what is known of ends of support; absent when nothing is. */
  readonly supportRevision?: string;
}

export type MatchingTaskName = keyof MatchingTasks;

export type ToMatcher = { readonly [Name in MatchingTaskName]: { readonly name: Name; readonly task: number; readonly request: MatchingTasks[Name]['request'] } }[MatchingTaskName];

export type FromMatcher = { readonly task: number } & ({ readonly answer: unknown } | { readonly failure: string });
