import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { failure } from '../../graphql/failures.js';
import { instance } from '../../graphql/instance.js';
import { readPage } from '../../graphql/paging.js';
import { Problem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { FindingFilterInput } from '../findings/finding.input.js';
import { DecisionFilterInput, TriageInput } from './decision.input.js';
import { decisionFilter, decisionView } from './decision-view.js';
import { Decision, DecisionConnection, DecisionScope, TriagePayload, TriagePreview, TriageResult, WithdrawDecisionBatchPayload, WithdrawDecisionsPayload } from './decision.type.js';
import type { TriageService } from './triage.service.js';

const maximumIds = 500;

/** Decisions about findings. */
@Resolver(() => Decision)
export class TriageResolver {
  readonly #store: Pick<Store, 'triage'>;
  readonly #service: TriageService;

  constructor(store: Pick<Store, 'triage'>, service: TriageService) {
    this.#store = store;
    this.#service = service;
  }

  @Authorized('READ')
  @Query(() => DecisionConnection, { description: 'Decisions about findings, the past ones too, newest first.' })
  decisions(
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('filter', () => DecisionFilterInput, { nullable: true, description: 'Which decisions; all without it.' }) filter: DecisionFilterInput | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<DecisionConnection> {
    const organizationId = requireRequester(context).organization.id;
    return readPage({ first, after }, (page) => this.#store.triage.list(organizationId, decisionFilter(filter), page), decisionView);
  }

  @Authorized('READ')
  @Query(() => TriagePreview, { description: 'What a decision about all findings that match would come to.' })
  triagePreview(
    @Arg('filter', () => FindingFilterInput, { description: 'Which findings.' }) filter: FindingFilterInput,
    @Arg('scope', () => DecisionScope, { description: 'Where it is to hold.' }) scope: DecisionScope,
    @Ctx() context: RequestContext,
  ): Promise<TriagePreview> {
    return this.#service.preview(context, filter, scope);
  }

  @Authorized('TRIAGE')
  @Mutation(() => TriageResult, { description: 'Decides about findings, in place of what was decided about them in the same scope.' })
  async triageFindings(@Arg('input', () => TriageInput, { description: 'What, about which findings.' }) input: TriageInput, @Ctx() context: RequestContext): Promise<TriageResult> {
    const outcome = await this.#service.decide(context, input);
    if (outcome instanceof Problem) return outcome;
    const { madeCount, made, batchId, kept, findings } = outcome;
    return instance(TriagePayload, { decisionCount: madeCount, decisions: made.map(decisionView), batchId, kept, findings });
  }

  @Authorized('TRIAGE')
  @Mutation(() => WithdrawDecisionsPayload, { description: 'Takes decisions back; the findings are open again, or what a wider decision says.' })
  async withdrawDecisions(
    @Arg('ids', () => [ID], { description: 'Ids of decisions, at most 500.' }) ids: readonly string[],
    @Ctx() context: RequestContext,
  ): Promise<WithdrawDecisionsPayload> {
    if (ids.length > maximumIds) throw failure('BAD_USER_INPUT', `\`ids\` names at most ${maximumIds} decisions.`);
    const withdrawn = await this.#store.triage.withdraw(requireRequester(context).organization.id, ids);
    return { decisions: withdrawn.map(decisionView) };
  }

  @Authorized('TRIAGE')
  @Mutation(() => WithdrawDecisionBatchPayload, { description: 'Takes back those of the decisions made together that still hold. What they took the place of does not come back.' })
  async withdrawDecisionBatch(@Arg('batchId', () => ID, { description: '`batchId` of one of them.' }) batchId: string, @Ctx() context: RequestContext): Promise<WithdrawDecisionBatchPayload> {
    return { count: await this.#store.triage.withdrawBatch(requireRequester(context).organization.id, batchId) };
  }
}
