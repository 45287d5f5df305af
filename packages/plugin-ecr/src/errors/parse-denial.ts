import type { DenialSource } from '@esscm/registry-core';

/** What an IAM refusal says of itself. Absent parts were not said; nothing is guessed. */
export interface Denial {
  /** ARN of who was refused. */
  readonly principal?: string;
  readonly action?: string;
  /** ARN it was refused on, or `*`. */
  readonly resource?: string;
  /** `implicit`: nothing allows it. `explicit`: a statement forbids it. */
  readonly effect: 'implicit' | 'explicit' | 'unknown';
  readonly deniedBy?: DenialSource;
  /** Id of the policy, such as `p-8xk2f0qe`, when it is in the same organisation. */
  readonly policyId?: string;
}

const sources: readonly (readonly [words: string, source: DenialSource])[] = [
  ['identity-based policy', 'identity-policy'],
  ['resource-based policy', 'resource-policy'],
  ['permissions boundary', 'permissions-boundary'],
  ['service control policy', 'service-control-policy'],
  ['resource control policy', 'resource-control-policy'],
  ['session policy', 'session-policy'],
  ['vpc endpoint policy', 'endpoint-policy'],
];

/**
 * Reads the sentence AWS refuses with: "User: <arn> is not authorized to perform: <action> on resource: <arn> because
 * no identity-based policy allows the <action> action". Both planes of ECR use it.
 */
export function parseDenial(message: string): Denial {
  const text = message.slice(0, 4096);
  const [, principal] = /User: (\S+)/.exec(text) ?? [];
  const [, action] = /not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9*]+)/.exec(text) ?? [];
  const [, resource] = /on resource: (\S+)/.exec(text) ?? [];
  const [, policyId] = /policy\/[^\s]*?\b(p-[a-z0-9]+)/.exec(text) ?? [];
  return {
    ...(principal !== undefined && { principal }),
    ...(action !== undefined && { action }),
    ...(resource !== undefined && { resource: resource.replace(/[.,]$/, '') }),
    ...effectOf(text),
    ...(policyId !== undefined && { policyId }),
  };
}

/** Whether a text is such a sentence, as 403 bodies of the registry are not always. */
export function isDenial(message: string): boolean {
  return message.includes('is not authorized to perform');
}

function effectOf(text: string): Pick<Denial, 'effect' | 'deniedBy'> {
  const explicit = /with an explicit deny(?: in (?:an?|the) ([A-Za-z -]+))?/.exec(text);
  if (explicit !== null) return { effect: 'explicit', ...sourceIn(explicit[1]) };
  const implicit = /because no ([A-Za-z -]+?) allows/.exec(text);
  if (implicit !== null) return { effect: 'implicit', ...sourceIn(implicit[1]) };
  return { effect: 'unknown' };
}

function sourceIn(words: string | undefined): Pick<Denial, 'deniedBy'> {
  const lowered = (words ?? '').toLowerCase();
  const found = sources.find(([name]) => lowered.startsWith(name));
  return found === undefined ? {} : { deniedBy: found[1] };
}
