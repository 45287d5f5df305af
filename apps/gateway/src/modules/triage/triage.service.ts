import type { BoundedCount, FindingFilter, Store, TriageOutcome, TriageState } from '@esscm/store';
import { validationProblem } from '../../graphql/problems.js';
import type { FieldIssue, ValidationProblem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { findingFilter, readFindingId } from '../findings/finding-view.js';
import type { FindingFilterInput } from '../findings/finding.input.js';
import type { TriageInput } from './decision.input.js';
import { type DecisionScope, FindingState, type TriagePreview } from './decision.type.js';

interface TriageServiceOptions {
  readonly store: Pick<Store, 'findings' | 'triage'>;
  readonly now: () => Date;
}

/** What a decision came to, and how many findings it was about. */
interface DecidedFindings extends TriageOutcome {
  readonly findings: BoundedCount;
}

const maximumIds = 500;
/** Decisions made at once: what the database writes well within the time of one answer. */
const maximumDecisions = 10_000;
const maximumReason = 2000;

/** Deciding about findings. */
export class TriageService {
  readonly #options: TriageServiceOptions;

  constructor(options: TriageServiceOptions) {
    this.#options = options;
  }

  async decide(context: RequestContext, input: TriageInput): Promise<DecidedFindings | ValidationProblem> {
    const { organization, name } = requireRequester(context);
    const issues = this.#issuesOf(input);
    if (issues.length > 0) return validationProblem(context, issues);
    const { store, now } = this.#options;
    const filter = chosenFindings(input, now());
    // One more than may be decided about at most, so that too many are told from just enough.
    const targets = await store.triage.targets(organization.id, filter, input.scope, maximumDecisions + 1);
    if (targets.length === 0) return validationProblem(context, [{ field: '', message: 'No finding matches any more.' }]);
    if (targets.length > maximumDecisions) return validationProblem(context, [{ field: 'filter', message: `This comes to more than ${formatted(maximumDecisions)} decisions. Narrow the filter, or choose a wider scope.` }]);
    const findings = await store.findings.count(organization.id, filter);
    const outcome = await store.triage.decide(organization.id, targets, {
      scope: input.scope,
      // Checked above.
      state: input.state as TriageState,
      ...(input.justification != null && { justification: input.justification }),
      reason: input.reason.trim(),
      author: name,
      ...(input.expiresAt != null && { expiresAt: input.expiresAt }),
      reopenWhenFixed: input.reopenWhenFixed,
      keepEarlier: input.keepEarlier,
      ...(input.keepSince != null && { keepSince: input.keepSince }),
    });
    return { ...outcome, findings };
  }

  async preview(context: RequestContext, input: FindingFilterInput, scope: DecisionScope): Promise<TriagePreview> {
    const { organization } = requireRequester(context);
    const { store, now } = this.#options;
    const at = now();
    const filter = findingFilter(input, at);
    const [findings, { decisionCount, decidedCount }] = await Promise.all([store.findings.count(organization.id, filter), store.triage.preview(organization.id, filter, scope, maximumDecisions + 1)]);
    return { at, findings, decisions: { count: Math.min(decisionCount, maximumDecisions), exact: decisionCount <= maximumDecisions }, decidedCount };
  }

  #issuesOf(input: TriageInput): FieldIssue[] {
    const issues: FieldIssue[] = [];
    const ids = input.findingIds;
    if ((ids == null) === (input.filter == null)) issues.push({ field: '', message: 'Give either the ids of findings or a filter.' });
    if (ids != null && (ids.length === 0 || ids.length > maximumIds)) issues.push({ field: 'findingIds', message: `Choose 1 to ${maximumIds} findings.` });
    if (input.state === FindingState.UNTRIAGED) issues.push({ field: 'state', message: 'To undo a decision, withdraw it.' });
    if (input.state === FindingState.NOT_AFFECTED && input.justification == null) issues.push({ field: 'justification', message: 'Say why it does no harm.' });
    if (input.state !== FindingState.NOT_AFFECTED && input.justification != null) issues.push({ field: 'justification', message: 'A justification goes with “not affected” only.' });
    const reason = input.reason.trim();
    if (reason.length < 3) issues.push({ field: 'reason', message: 'Give a reason.' });
    if (reason.length > maximumReason) issues.push({ field: 'reason', message: `A reason has at most ${maximumReason} characters.` });
    if (input.expiresAt != null && input.expiresAt <= this.#options.now()) issues.push({ field: 'expiresAt', message: 'Choose a day in the future.' });
    return issues;
  }
}

/** The findings named, or those of the filter. A name that cannot be one is left out. */
function chosenFindings({ filter, findingIds }: TriageInput, now: Date): FindingFilter {
  if (filter != null) return findingFilter(filter, now);
  return { oneOf: (findingIds ?? []).flatMap((id) => readFindingId(id) ?? []), includeHidden: true };
}

function formatted(count: number): string {
  return count.toLocaleString('en-GB');
}
