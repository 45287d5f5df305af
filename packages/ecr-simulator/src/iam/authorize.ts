import { type AuthorizationRequest, matchingEffects, type PrincipalIdentity } from './match-statement.js';
import type { PolicyDocument } from './policy-document.js';

/** Every policy that has a say, apart from the resource's own. */
export interface PrincipalPolicies {
  readonly identity: readonly PolicyDocument[];
  readonly permissionsBoundary?: PolicyDocument | undefined;
  readonly sessionPolicy?: PolicyDocument | undefined;
  /** Organisation policies of the principal's account; empty means the account is in no organisation. */
  readonly serviceControl: readonly PolicyDocument[];
}

/** The resource side of the question. */
export interface ResourceSide {
  /** Twelve digits: the account that owns the resource. */
  readonly account: string;
  readonly policy?: PolicyDocument | undefined;
}

/** Allowed, or the end of AWS's denial sentence: `because no identity-based policy allows the ecr:ListImages action`. */
export type AuthorizationDecision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

const ALLOWED: AuthorizationDecision = { allowed: true };

/**
 * Decides as IAM does ("Policy evaluation logic", IAM User Guide): an explicit deny anywhere wins; then every policy type that is present has
 * to allow. Within one account the resource policy alone may grant; across accounts both sides have to.
 */
export function authorize(
  principal: PrincipalIdentity,
  policies: PrincipalPolicies,
  resource: ResourceSide,
  request: AuthorizationRequest,
): AuthorizationDecision {
  const effectOf = (documents: readonly PolicyDocument[]) => {
    const effects = documents.map((document) => matchingEffects(document, request));
    return { allow: effects.some((set) => set.has('Allow')), deny: effects.some((set) => set.has('Deny')) };
  };
  const optional = (document: PolicyDocument | undefined) => (document === undefined ? undefined : effectOf([document]));
  const serviceControl = policies.serviceControl.length === 0 ? undefined : effectOf(policies.serviceControl);
  const resourceEffects = resource.policy === undefined ? new Set<string>() : matchingEffects(resource.policy, request, principal);
  const identity = effectOf(policies.identity);
  const boundary = optional(policies.permissionsBoundary);
  const session = optional(policies.sessionPolicy);

  const denials: readonly (readonly [boolean, string])[] = [
    [serviceControl?.deny ?? false, 'a service control policy'],
    [resourceEffects.has('Deny'), 'a resource-based policy'],
    [identity.deny, 'an identity-based policy'],
    [boundary?.deny ?? false, 'a permissions boundary'],
    [session?.deny ?? false, 'a session policy'],
  ];
  const denial = denials.find(([denied]) => denied);
  if (denial !== undefined) return { allowed: false, reason: `with an explicit deny in ${denial[1]}` };

  const missing = (policyType: string): AuthorizationDecision => ({ allowed: false, reason: `because no ${policyType} allows the ${request.action} action` });
  if (serviceControl !== undefined && !serviceControl.allow) return missing('service control policy');
  const crossAccount = principal.account !== resource.account;
  const grantedByResource = resourceEffects.has('Allow');
  if (!crossAccount && grantedByResource) return ALLOWED;
  if (!identity.allow) return missing('identity-based policy');
  if (boundary !== undefined && !boundary.allow) return missing('permissions boundary');
  if (session !== undefined && !session.allow) return missing('session policy');
  if (crossAccount && !grantedByResource) return missing('resource-based policy');
  return ALLOWED;
}

/** The whole denial sentence, word for word as AWS writes it (`User: … is not authorized to perform: … on resource: … because …`). */
export function denialText(principalArn: string, request: AuthorizationRequest, reason: string): string {
  return `User: ${principalArn} is not authorized to perform: ${request.action} on resource: ${request.resource} ${reason}`;
}
