import type { RegistryError, VerificationProblem } from '@esscm/registry-core';
import { describeDenial } from '../errors/describe-denial.js';
import { listInWords } from '../errors/format.js';
import { headings } from '../errors/headings.js';
import { concernsCredentials } from './probe.js';
import type { ProbeResult } from './probe.js';

interface Cause {
  readonly results: ProbeResult[];
  readonly rank: number;
}

/** One problem a cause, worst first: what concerns everything, then what scanning needs, then the rest. */
export function summariseProblems(results: readonly ProbeResult[]): readonly VerificationProblem[] {
  // The sign-in is for no repository in particular: without it nothing was granted at all, and what could not be proven
  // on an invented name is missing for the same reason.
  const signIn = results.find(({ check }) => check.action === 'ecr:GetAuthorizationToken' && check.outcome === 'denied-implicit');
  const causes = new Map<string, Cause>();
  for (const result of results) {
    const isUnproven = result.check.outcome === 'not-proven' && result.denial !== undefined;
    const key = causeOf(isUnproven && signIn !== undefined ? signIn : result);
    if (key === undefined) continue;
    const cause = causes.get(key);
    causes.set(key, {
      results: [...(cause?.results ?? []), result],
      rank: Math.min(cause?.rank ?? Number.POSITIVE_INFINITY, rankOf(result)),
    });
  }
  return [...causes.values()].sort((left, right) => left.rank - right.rank).map((cause) => problemOf(cause.results));
}

function causeOf({ check, error, denial }: ProbeResult): string | undefined {
  if (error === undefined) return undefined;
  if (check.outcome === 'not-proven' && denial !== undefined) return 'unproven';
  if (denial !== undefined && check.action !== 'sts:AssumeRole') {
    const { effect, deniedBy, policyId, principal } = denial;
    return JSON.stringify([effect, deniedBy, policyId, principal]);
  }
  // A layer or image that is not there was never meant to be; a repository the user named was.
  if (check.outcome === 'allowed' && error.upstream?.code !== 'RepositoryNotFoundException') return undefined;
  // Hosts and calls differ in the message while the cause, such as a closed firewall, is one.
  return error.kind === 'unreachable' ? error.heading : `${error.heading} ${error.message}`;
}

function rankOf({ check, error }: ProbeResult): number {
  if (concernsCredentials(error) || check.action === 'sts:AssumeRole') return 0;
  if (check.outcome === 'unreachable') return 1;
  if (check.outcome === 'allowed') return 5;
  if (check.outcome === 'not-proven') return check.required ? 4 : 5;
  return check.required ? 2 : 3;
}

function problemOf(results: readonly ProbeResult[]): VerificationProblem {
  // Of several registries each has its own row; the permission is one.
  const actions = [...new Set(results.map((result) => result.check.action))];
  const [first] = results;
  const error = first?.error;
  return { ...wordsOf(results, actions), actions, ...(error !== undefined && answerOf(error)) };
}

function wordsOf(
  results: readonly ProbeResult[],
  actions: readonly string[],
): Pick<VerificationProblem, 'heading' | 'message' | 'remedy' | 'remedySnippet' | 'correction'> {
  const { check, denial, error } = results[0] ?? {};
  if (check?.outcome === 'not-proven' && denial !== undefined) {
    return {
      heading: headings.accessDenied,
      message: `Without a repository to try them on, ${listInWords(actions)} could not be proven.`,
      remedy: 'Name a repository and verify again. A permission may be limited to certain repositories.',
    };
  }
  // Why a role may not be assumed is worded with the role at hand.
  if (denial !== undefined && check?.action !== 'sts:AssumeRole') return describeDenial(denial, actions);
  return {
    heading: error?.heading ?? headings.unexpected,
    message: error?.message ?? '',
    ...(error?.remedy !== undefined && { remedy: error.remedy }),
    ...(error?.remedySnippet !== undefined && { remedySnippet: error.remedySnippet }),
    ...(error?.correction !== undefined && { correction: error.correction }),
  };
}

function answerOf(error: RegistryError): Partial<VerificationProblem> {
  const { code, message, status, requestId } = error.upstream ?? {};
  return {
    ...(code !== undefined && { upstreamCode: code }),
    ...(message !== undefined && { upstreamMessage: message }),
    ...(status !== undefined && { upstreamStatus: status }),
    ...(requestId !== undefined && { requestId }),
  };
}
