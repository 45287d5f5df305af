import type { TriageDecisionRecord, TriageFilter } from '@esscm/store';
import type { DecisionFilterInput } from './decision.input.js';
import { FindingState, type Decision } from './decision.type.js';

/** A decision as the API shows it. */
export function decisionView({ vulnerability, scopeKey, hadFix: _, ...record }: TriageDecisionRecord): Decision {
  return {
    ...record,
    vulnerabilityId: vulnerability,
    imageName: record.scope === 'image' ? scopeKey : undefined,
    projectId: record.scope === 'project' ? scopeKey : undefined,
  };
}

/** The conditions a client gave, without those it left out. */
export function decisionFilter(input: DecisionFilterInput | null | undefined): TriageFilter {
  if (input == null) return {};
  return {
    ...(input.vulnerabilityId != null && { vulnerability: input.vulnerabilityId }),
    ...(input.packageKey != null && { packageKey: input.packageKey }),
    ...(input.states != null && { states: input.states.filter((state) => state !== FindingState.UNTRIAGED) }),
    ...(input.active != null && { active: input.active }),
    ...(input.expiresBefore != null && { expiresBefore: input.expiresBefore }),
    ...(input.imageName != null && { imageName: input.imageName }),
    ...(input.batchId != null && { batchId: input.batchId }),
  };
}
