import type { VexJustification, VexStatus } from '../vex-document.js';

/** The `analysis` of a vulnerability as CycloneDX 1.6 writes it. */
export interface CycloneDxAnalysis {
  readonly state?: 'resolved' | 'exploitable' | 'in_triage' | 'not_affected';
  readonly justification?: string;
  readonly response?: readonly string[];
  readonly detail?: string;
  readonly lastUpdated?: string;
}

const states = { not_affected: 'not_affected', affected: 'exploitable', fixed: 'resolved', under_investigation: 'in_triage' } as const satisfies Record<VexStatus, CycloneDxAnalysis['state']>;

/** The nearest of CycloneDX's reasons for each of the other formats. */
const nearest: Readonly<Partial<Record<VexJustification, string>>> = {
  component_not_present: 'code_not_present',
  vulnerable_code_not_present: 'code_not_present',
  vulnerable_code_not_in_execute_path: 'code_not_reachable',
  vulnerable_code_cannot_be_controlled_by_adversary: 'requires_environment',
  inline_mitigations_already_exist: 'protected_by_mitigating_control',
};

/** What an author says, as CycloneDX writes it. */
export function cycloneDxAnalysis(said: { readonly status: VexStatus; readonly justification?: VexJustification | undefined; readonly impact?: string | undefined; readonly notes?: string | undefined; readonly timestamp?: string | undefined }): CycloneDxAnalysis {
  const { status, justification, impact, notes, timestamp } = said;
  const detail = [impact, notes].filter((part) => part !== undefined).join('\n');
  return {
    state: states[status],
    ...(justification === undefined ? {} : { justification: nearest[justification] ?? justification }),
    ...(detail === '' ? {} : { detail }),
    ...(timestamp === undefined || timestamp === '' ? {} : { lastUpdated: timestamp }),
  };
}
