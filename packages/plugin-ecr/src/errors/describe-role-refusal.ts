import type { AwsFailure } from './aws-failure.js';
import type { FailureWords } from './failure-words.js';
import { shortPrincipal } from './format.js';
import { headings } from './headings.js';
import { parseDenial } from './parse-denial.js';

/** A role that may not be assumed. STS says neither whether the role exists nor which condition of its trust policy was not met. */
export function describeRoleRefusal(failure: AwsFailure, roleArn: string): FailureWords {
  const { principal, effect } = parseDenial(failure.message);
  const who = principal === undefined ? 'This identity' : shortPrincipal(principal);
  if (effect === 'explicit') {
    return {
      kind: 'access-denied',
      heading: headings.accessDenied,
      message: `A policy forbids ${who} to assume ${roleArn}.`,
      remedy: 'Whoever manages that policy has to remove the deny; adding an allow will not help.',
    };
  }
  return {
    kind: 'access-denied',
    heading: headings.accessDenied,
    message: `AWS does not let ${who} assume ${roleArn}, and does not say why.`,
    remedy:
      'Compare the trust policy of the role with the one shown: principal and external ID have to be the same. Check the ARN, and that the identity itself may call sts:AssumeRole on it.',
  };
}
