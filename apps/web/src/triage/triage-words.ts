import { totalText } from '../findings/total-text.js';
import { formatCount, formatQuantity } from '../formats/format-count.js';
import type { DecisionEnd, DecisionJustification, DecisionScope, FindingState } from '../gql/graphql.js';

/** A state in the words of every page. */
export const stateWords: Readonly<Record<FindingState, string>> = {
  UNTRIAGED: 'Not decided',
  UNDER_INVESTIGATION: 'Under investigation',
  AFFECTED: 'Affected',
  NOT_AFFECTED: 'Not affected',
  FIXED: 'Fixed',
  FALSE_POSITIVE: 'False positive',
  ACCEPTED_RISK: 'Risk accepted',
};

/** States that can be set, each with what it says; the way back from one is to withdraw it. */
export const stateChoices: readonly { readonly value: FindingState; readonly label: string; readonly description: string }[] = [
  choice('UNDER_INVESTIGATION', 'Somebody is looking at it. It stays open.'),
  choice('AFFECTED', 'It is real and has to be fixed. It stays open.'),
  choice('NOT_AFFECTED', 'The vulnerability does no harm here.'),
  choice('FALSE_POSITIVE', 'The package is not what the advisory speaks of.'),
  choice('FIXED', 'It has been fixed in a way the version does not show.'),
  choice('ACCEPTED_RISK', 'It is real and stays for now.'),
];

/** Why a vulnerability does no harm: the justifications of VEX in plain words. */
export const justificationWords: Readonly<Record<DecisionJustification, string>> = {
  COMPONENT_NOT_PRESENT: 'The component is not in the image',
  VULNERABLE_CODE_NOT_PRESENT: 'The vulnerable code is not in the component',
  VULNERABLE_CODE_NOT_IN_EXECUTE_PATH: 'The vulnerable code is never run',
  VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY: 'An attacker cannot reach the vulnerable code',
  INLINE_MITIGATIONS_ALREADY_EXIST: 'Something else prevents its use',
};

/** Scopes to choose from, the narrowest first. */
export const scopeChoices: readonly { readonly value: DecisionScope; readonly label: string; readonly description: string }[] = [
  { value: 'IMAGE', label: 'This image name', description: 'Every tag of it, also those pushed later.' },
  { value: 'PROJECT', label: 'This project', description: 'Every image of the project.' },
  { value: 'EVERYWHERE', label: 'Everywhere', description: 'Every image.' },
];

/** Where a decision holds. */
export function scopeText({ scope, imageName }: { readonly scope: DecisionScope; readonly imageName?: string | null }): string {
  if (scope === 'EVERYWHERE') return 'Everywhere';
  return scope === 'PROJECT' ? 'Every image of the project' : `Every tag of ${imageName ?? 'the image name'}`;
}

/** Why a decision holds no longer. */
export const endWords: Readonly<Record<DecisionEnd, string>> = {
  SUPERSEDED: 'Replaced by a later decision',
  WITHDRAWN: 'Withdrawn',
  EXPIRED: 'Expired',
  FIX_AVAILABLE: 'Reopened, a fix appeared',
};

/** What came of deciding, as the words need it. */
export interface Decided {
  readonly decisionCount: number;
  readonly findings: { readonly count: number; readonly exact: boolean };
  readonly kept: { readonly same: number; readonly earlier: number; readonly since: number };
}

/** What setting a state did, and what it left as it was. A decision covers more than what was chosen: other tags, other images. */
export function decidedText(state: FindingState, { decisionCount, findings, kept }: Decided): string {
  const chosen = findings.exact && findings.count === 1 ? 'the finding chosen' : `the ${totalText(findings)} findings chosen`;
  const left = [
    kept.same === 0 ? '' : `${formatQuantity(kept.same, 'decision')} like it ${kept.same === 1 ? 'was' : 'were'} there already.`,
    kept.earlier === 0 ? '' : `${formatQuantity(kept.earlier, 'earlier decision')} ${kept.earlier === 1 ? 'was' : 'were'} kept.`,
    kept.since === 0 ? '' : `${formatQuantity(kept.since, 'decision')} that somebody made meanwhile ${kept.since === 1 ? 'was' : 'were'} kept.`,
  ];
  return [`${stateWords[state]}: ${formatQuantity(decisionCount, 'decision')}, for ${chosen} and all others in ${decisionCount === 1 ? 'its' : 'their'} scope.`, ...left].filter(Boolean).join(' ');
}

/** What a decision over all that match would come to. */
export function previewText({ findings, decisions }: { readonly findings: Decided['findings']; readonly decisions: Decided['findings'] }): string {
  if (!decisions.exact) return `${totalText(findings)} findings match now. They come to more than ${formatCount(decisions.count)} decisions, which is too many at once: narrow the filter or choose a wider scope.`;
  const matching = findings.exact ? `${formatQuantity(findings.count, 'finding')} ${findings.count === 1 ? 'matches' : 'match'}` : `${totalText(findings)} findings match`;
  return `${matching} now. This makes ${formatQuantity(decisions.count, 'decision')}, one for each vulnerability and package in a scope.`;
}

/** What withdrawing did; a decision that had ended before is none of them. */
export function withdrawnText(decisionCount: number): string {
  return decisionCount === 0 ? 'The decision had ended before.' : `${formatQuantity(decisionCount, 'decision')} withdrawn.`;
}

function choice(value: FindingState, description: string) {
  return { value, label: stateWords[value], description };
}
