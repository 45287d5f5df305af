import type { FindingFilter, Store, TriageDecisionRecord, TriageState, TriageTarget } from '@esscm/store';
import { validationProblem } from '../../graphql/problems.js';
import type { FieldIssue, ValidationProblem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { findingFilter, readFindingId } from '../findings/finding-view.js';
import type { TriageInput } from './decision.input.js';
import { FindingState } from './decision.type.js';

interface TriageServiceOptions {
  readonly store: Pick<Store, 'findings' | 'triage'>;
  readonly now: () => Date;
}

const maximumIds = 500;
/** Decisions made at once. */
const maximumDecisions = 1000;
const maximumReason = 2000;

/** Deciding about findings. */
export class TriageService {
  readonly #options: TriageServiceOptions;

  constructor(options: TriageServiceOptions) {
    this.#options = options;
  }

  async decide(context: RequestContext, input: TriageInput): Promise<readonly TriageDecisionRecord[] | ValidationProblem> {
    const { organization, name } = requireRequester(context);
    const issues = this.#issuesOf(input);
    if (issues.length > 0) return validationProblem(context, issues);
    const targets = await this.#targets(organization.id, input);
    if (targets.length === 0) return validationProblem(context, [{ field: '', message: 'No finding matches any more.' }]);
    if (targets.length > maximumDecisions) return validationProblem(context, [{ field: 'filter', message: `This comes to more than ${maximumDecisions} decisions. Narrow the filter, or choose a wider scope.` }]);
    return this.#options.store.triage.decide(organization.id, targets, {
      scope: input.scope,
      // Checked above.
      state: input.state as TriageState,
      ...(input.justification != null && { justification: input.justification }),
      reason: input.reason.trim(),
      author: name,
      ...(input.expiresAt != null && { expiresAt: input.expiresAt }),
      reopenWhenFixed: input.reopenWhenFixed,
    });
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

  /** One more than may be decided about at most, so that too many are told from just enough. */
  async #targets(organizationId: string, input: TriageInput): Promise<readonly TriageTarget[]> {
    const { triage } = this.#options.store;
    const limit = maximumDecisions + 1;
    if (input.filter != null) return triage.targets(organizationId, findingFilter(input.filter, this.#options.now()), input.scope, limit);
    const filters = (input.findingIds ?? []).flatMap((id): FindingFilter[] => {
      const key = readFindingId(id);
      return key === undefined ? [] : [{ imageId: key.imageId, vulnerability: key.vulnerability, position: key.position, includeHidden: true }];
    });
    const targets = new Map<string, TriageTarget>();
    for (const filter of filters) {
      for (const target of await triage.targets(organizationId, filter, input.scope, limit)) {
        const key = JSON.stringify([target.vulnerability, target.packageKey, target.scopeKey]);
        targets.set(key, { ...target, hadFix: target.hadFix || targets.get(key)?.hadFix === true });
      }
    }
    return [...targets.values()];
  }
}
