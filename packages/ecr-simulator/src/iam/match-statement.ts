import { matchWildcard } from './match-wildcard.js';
import type { PolicyDocument, PolicyStatement } from './policy-document.js';

/** What is asked: may this principal do this, to this. */
export interface AuthorizationRequest {
  /** `service:Operation`; compared without regard to case, as IAM does. */
  readonly action: string;
  /** An ARN, or `*` for actions that have no resource. */
  readonly resource: string;
  /** Condition keys (lower case) and their values. A key that is absent fails every positive condition on it. */
  readonly context: Readonly<Record<string, string>>;
}

/** Who asks, as far as a resource policy's `Principal` can name it. */
export interface PrincipalIdentity {
  readonly arn: string;
  readonly account: string;
  /** For an assumed role: the ARN of the role itself, which policies may name too. */
  readonly roleArn?: string | undefined;
}

const list = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : typeof value === 'string' ? [value] : value);

const matchesAny = (patterns: string | readonly string[] | undefined, value: string): boolean =>
  list(patterns).some((pattern) => matchWildcard(pattern, value));

function conditionHolds(operator: string, key: string, expected: readonly string[], context: Readonly<Record<string, string>>): boolean {
  const actual = context[key.toLowerCase()];
  const negative = operator.includes('Not');
  if (actual === undefined) return negative;
  const matched =
    operator === 'Bool'
      ? expected.some((value) => value.toLowerCase() === actual.toLowerCase())
      : operator.includes('Like') || operator === 'ArnEquals'
        ? expected.some((value) => matchWildcard(value, actual))
        : expected.includes(actual);
  return matched !== negative;
}

function conditionsHold(statement: PolicyStatement, context: Readonly<Record<string, string>>): boolean {
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) => conditionHolds(operator, key, list(expected), context)),
  );
}

function principalMatches(statement: PolicyStatement, principal: PrincipalIdentity): boolean {
  if (statement.Principal === undefined) return false;
  if (statement.Principal === '*') return true;
  const names = new Set([principal.arn, principal.roleArn, principal.account, `arn:aws:iam::${principal.account}:root`, '*']);
  return list(statement.Principal.AWS).some((name) => names.has(name));
}

/**
 * The effects of those statements of a policy that apply to the request. With a `principal` the policy is read as a resource policy: a
 * statement applies only to the principals it names and, having no `Resource` of its own, to the resource it is attached to.
 */
export function matchingEffects(policy: PolicyDocument, request: AuthorizationRequest, principal?: PrincipalIdentity): ReadonlySet<'Allow' | 'Deny'> {
  const statements = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  const action = request.action.toLowerCase();
  const effects = new Set<'Allow' | 'Deny'>();
  for (const statement of statements) {
    if (principal !== undefined && !principalMatches(statement, principal)) continue;
    const actionMatches =
      statement.Action === undefined
        ? !list(statement.NotAction).some((pattern) => matchWildcard(pattern.toLowerCase(), action))
        : list(statement.Action).some((pattern) => matchWildcard(pattern.toLowerCase(), action));
    if (!actionMatches) continue;
    const attached = principal !== undefined && statement.Resource === undefined && statement.NotResource === undefined;
    const resourceMatches =
      attached || (statement.NotResource === undefined ? matchesAny(statement.Resource, request.resource) : !matchesAny(statement.NotResource, request.resource));
    if (resourceMatches && conditionsHold(statement, request.context)) effects.add(statement.Effect);
  }
  return effects;
}
