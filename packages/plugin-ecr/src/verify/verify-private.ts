import { RegistryError } from '@esscm/registry-core';
import type { PermissionCheck, VerificationProblem, VerificationReport, VerifyOptions } from '@esscm/registry-core';
import { missingPolicy } from '../policy.js';
import type { ProbeResult } from './probe.js';
import { summariseProblems } from './summarise-problems.js';
import { verifyRegistry } from './verify-registry.js';
import type { RegistryOutcome, VerifiedRegistry } from './verify-registry.js';

export interface VerifyPrivateRequest {
  /** At least one. */
  readonly registries: readonly VerifiedRegistry[];
  readonly clock: { now(): Date };
  readonly options: VerifyOptions;
}

/** Registries that are tried at one time. */
const concurrency = 4;

/**
 * Tries every permission on every registry.
 * @throws RegistryError of kind `cancelled`, and for nothing AWS says
 */
export async function verifyPrivate({ registries, clock, options }: VerifyPrivateRequest): Promise<VerificationReport> {
  const outcomes: RegistryOutcome[] = [];
  const waiting = registries.entries();
  const worker = async (): Promise<void> => {
    for (const [index, registry] of waiting) {
      outcomes[index] = await verifyRegistry({ registry, clock, options, isOneOfSeveral: registries.length > 1 });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));

  const [principal] = outcomes.flatMap((outcome) => outcome.principal ?? []);
  const accounts = [...new Set(outcomes.flatMap((outcome) => outcome.account ?? []))];
  const nearest = outcomes.find(({ nearestRepository }) => nearestRepository !== undefined)?.nearestRepository;
  const missing = outcomes.flatMap(({ results, repositories }) =>
    results.filter(isGrantable).map(({ check }) => ({ action: check.action, repositories })),
  );
  return {
    status: statusOf(outcomes.map(({ checks }) => statusOfOne(checks))),
    ...(principal !== undefined && { principal }),
    ...(accounts.length > 0 && { account: accounts.join(', ') }),
    region: [...new Set(outcomes.map(({ region }) => region))].join(', '),
    checkedAt: clock.now().toISOString(),
    checks: outcomes.flatMap(({ checks }) => checks),
    problems: summariseProblems(outcomes.flatMap(({ results }) => worthTelling(results, options.probeRepository))).map((problem) =>
      withNearestName(problem, nearest),
    ),
    ...(missing.length > 0 && { missingPolicy: missingPolicy(missing) }),
  };
}

/** Whether a statement in the principal's own policy would mend it. What is forbidden, or decided elsewhere, it would not. */
function isGrantable({ check, denial }: ProbeResult): boolean {
  return check.outcome === 'denied-implicit' && denial?.effect === 'implicit' && check.deniedBy === 'identity-policy' && check.action.startsWith('ecr:');
}

/** Leaves out what is no problem of the user's: a closed way to STS alone, and names this product made up. */
function worthTelling(results: readonly ProbeResult[], named: string | undefined): readonly ProbeResult[] {
  const someAllowed = results.some((result) => result.check.outcome === 'allowed');
  return results.filter(({ check, error }) => {
    if (check.outcome === 'allowed') return error instanceof RegistryError && named !== undefined;
    return !(someAllowed && check.action === 'sts:GetCallerIdentity' && check.outcome === 'unreachable');
  });
}

function withNearestName(problem: VerificationProblem, nearest: string | undefined): VerificationProblem {
  if (nearest === undefined || problem.upstreamCode !== 'RepositoryNotFoundException') return problem;
  return { ...problem, remedy: [`Nearest name: ${nearest}.`, problem.remedy].filter(Boolean).join(' ') };
}

/** Of several registries one that works is enough to scan something. A role that is not safe is not used for any of them. */
function statusOf(statuses: readonly (VerificationReport['status'] | 'unsafe')[]): VerificationReport['status'] {
  if (statuses.includes('unsafe')) return 'failed';
  if (statuses.every((status) => status === 'failed')) return 'failed';
  return statuses.every((status) => status === 'verified') ? 'verified' : 'limited';
}

function statusOfOne(checks: readonly PermissionCheck[]): VerificationReport['status'] | 'unsafe' {
  if (checks.some(({ outcome }) => outcome === 'unsafe')) return 'unsafe';
  const works = checks.every(({ action, required, outcome }) => {
    if (!required || outcome === 'allowed' || outcome === 'throttled') return true;
    // Permissions on repositories may hold for some only; nothing is pulled without the sign-in.
    return outcome === 'not-proven' && action !== 'ecr:GetAuthorizationToken' && action !== 'sts:AssumeRole';
  });
  if (!works) return 'failed';
  // Knowing the caller is a comfort: nothing a connection does needs it.
  const complete = checks.every(({ action, outcome }) => outcome === 'allowed' || action === 'sts:GetCallerIdentity');
  return complete ? 'verified' : 'limited';
}
