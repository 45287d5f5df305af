import type { CheckOutcome, DenialSource, VerificationFieldsFragment } from '../gql/graphql.js';
import type { StatusKind } from '../ui/Status.js';

type Check = VerificationFieldsFragment['checks'][number];

const sources: Readonly<Record<DenialSource, string>> = {
  IDENTITY_POLICY: 'Denied by IAM policy',
  RESOURCE_POLICY: 'Denied by repository policy',
  PERMISSIONS_BOUNDARY: 'Denied by permissions boundary',
  SERVICE_CONTROL_POLICY: 'Denied by SCP',
  RESOURCE_CONTROL_POLICY: 'Denied by RCP',
  SESSION_POLICY: 'Denied by session policy',
  ENDPOINT_POLICY: 'Denied by VPC endpoint',
};

/** The result of one permission, in the words users know. */
export function checkResult({ outcome, deniedBy }: Pick<Check, 'outcome' | 'deniedBy'>): { readonly kind: StatusKind; readonly text: string } {
  switch (outcome) {
    case 'ALLOWED':
      return { kind: 'done', text: 'Allowed' };
    case 'DENIED_IMPLICIT':
      return { kind: 'failed', text: deniedBy == null || deniedBy === 'IDENTITY_POLICY' ? 'Denied, no policy allows it' : sources[deniedBy] };
    case 'DENIED_EXPLICIT':
      return { kind: 'failed', text: deniedBy == null ? 'Denied' : sources[deniedBy] };
    case 'NOT_PROVEN':
      return { kind: 'note', text: 'Not proven' };
    case 'THROTTLED':
      return { kind: 'partial', text: 'Limited, try again' };
    case 'UNREACHABLE':
      return { kind: 'failed', text: 'Unreachable' };
    case 'NOT_TRIED':
      return { kind: 'stopped', text: 'Not tried' };
    case 'UNSAFE':
      return { kind: 'failed', text: 'Open to others, not used' };
  }
}

const order: Readonly<Record<CheckOutcome, number>> = {
  UNSAFE: 0,
  DENIED_EXPLICIT: 0,
  DENIED_IMPLICIT: 0,
  UNREACHABLE: 1,
  THROTTLED: 2,
  NOT_PROVEN: 3,
  NOT_TRIED: 4,
  ALLOWED: 5,
};

/** Denied first; within a result, the order the plugin gave. */
export function worstFirst<Some extends Pick<Check, 'outcome'>>(checks: readonly Some[]): readonly Some[] {
  return [...checks].sort((left, right) => order[left.outcome] - order[right.outcome]);
}

/** "7 of 8 allowed". */
export function allowedCount(checks: readonly Pick<Check, 'outcome'>[]): string {
  return `${checks.filter(({ outcome }) => outcome === 'ALLOWED').length} of ${checks.length} allowed`;
}

/** How long the whole check took; undefined when no row was timed. */
export function totalDurationMs(checks: readonly Pick<Check, 'durationMs'>[]): number | undefined {
  const times = checks.flatMap(({ durationMs }) => (durationMs == null ? [] : [durationMs]));
  return times.length === 0 ? undefined : times.reduce((sum, time) => sum + time, 0);
}
