import { allowStatement, exemptionCondition, repositoryPolicyStatement } from '../policy.js';
import { accountOfArn, listInWords, readableAccount, shortPrincipal } from './format.js';
import { headings } from './headings.js';
import type { Denial } from './parse-denial.js';

/** The words for a refusal, before they become an error or a problem of a report. */
export interface DenialWords {
  readonly heading: string;
  readonly message: string;
  readonly remedy: string;
  readonly remedySnippet?: string;
}

/** @param actions what was refused for this one cause, at least one */
export function describeDenial(denial: Denial, actions: readonly string[]): DenialWords {
  return { heading: headings.accessDenied, ...wordsFor(denial, actions) };
}

function wordsFor(denial: Denial, actions: readonly string[]): Omit<DenialWords, 'heading'> {
  const action = listInWords(actions);
  const principal = denial.principal === undefined ? 'This principal' : shortPrincipal(denial.principal);
  const explicit = denial.effect === 'explicit';
  if (denial.effect === 'unknown') {
    return {
      message: `AWS denied ${action} and gave no reason.`,
      remedy: 'Possible layers: IAM policy, permissions boundary, SCP, repository policy, VPC endpoint.',
    };
  }
  const { deniedBy } = denial;
  if (deniedBy === undefined) {
    return forbidding(`A policy forbids ${action} to ${principal}; AWS does not say which.`, 'Whoever manages it');
  }
  switch (deniedBy) {
    case 'service-control-policy':
      return organizationWords(denial, action);
    case 'resource-policy':
      return repositoryPolicyWords(denial, actions);
    case 'identity-policy':
      return explicit
        ? forbidding(`An IAM policy forbids ${action} to ${principal}.`, 'Whoever manages that policy')
        : {
            message: `${principal} may not call ${action}.`,
            remedy: 'Add this statement to its policy.',
            remedySnippet: allowStatement(actions),
          };
    case 'resource-control-policy':
      return explicit
        ? forbidding(`A resource control policy of the AWS Organization forbids ${action}.`, 'Whoever manages it')
        : {
            message: `No resource control policy of the AWS Organization allows ${action}.`,
            remedy: 'Whoever manages those policies has to allow it; an IAM permission alone will not help.',
          };
    case 'permissions-boundary':
      return layer('permissions boundary', `of ${principal}`, action, explicit, actions);
    case 'session-policy':
      return layer('session policy', `of ${principal}`, action, explicit, actions);
    case 'endpoint-policy':
      return layer('VPC endpoint policy', 'on the way to AWS', action, explicit, actions);
  }
}

function organizationWords(denial: Denial, action: string): Omit<DenialWords, 'heading'> {
  const account = accountOfArn(denial.principal);
  const inAccount = account === undefined ? 'in this account' : `in account ${readableAccount(account)}`;
  const noHelp = `so adding an IAM permission ${inAccount} will not help.`;
  if (denial.effect === 'implicit') {
    return {
      message: `Your AWS Organization forbids ${action}. No service control policy allows it, ${noHelp}`,
      remedy: 'Whoever manages the service control policies in the management account has to allow it.',
    };
  }
  const owner = denial.policyId ?? 'the service control policies';
  const message = `Your AWS Organization forbids ${action}. A service control policy denies it, ${noHelp}`;
  if (denial.principal === undefined) {
    return { message, remedy: `Ask whoever manages ${owner} in the management account for an exemption.` };
  }
  return {
    message,
    remedy: `Send this to whoever manages ${owner} in the management account: it exempts only this user.`,
    remedySnippet: exemptionCondition(denial.principal),
  };
}

function repositoryPolicyWords(denial: Denial, actions: readonly string[]): Omit<DenialWords, 'heading'> {
  const account = accountOfArn(denial.resource);
  const owner =
    account === undefined
      ? 'The owner of the repository'
      : `The owner of the repository, account ${readableAccount(account)},`;
  if (denial.effect === 'explicit') {
    return {
      message: `The repository policy forbids ${listInWords(actions)}.`,
      remedy: `${owner} has to remove the deny; adding an allow will not help.`,
    };
  }
  const principal = denial.principal === undefined ? 'this principal' : shortPrincipal(denial.principal);
  return {
    message: `${owner} must allow ${principal} in the repository policy.`,
    // A wrong name in another account is refused in the same words as a repository that is closed to us.
    remedy: 'Check the repository name too.',
    ...(denial.principal !== undefined && { remedySnippet: repositoryPolicyStatement(denial.principal, actions) }),
  };
}

function layer(
  name: string,
  whose: string,
  action: string,
  explicit: boolean,
  actions: readonly string[],
): Omit<DenialWords, 'heading'> {
  if (explicit) return forbidding(`The ${name} ${whose} forbids ${action}.`, `Whoever manages the ${name}`);
  return {
    message: `The ${name} ${whose} does not allow ${action}.`,
    remedy: `Add this statement to the ${name}; an IAM permission alone will not help.`,
    remedySnippet: allowStatement(actions),
  };
}

function forbidding(message: string, who: string): Omit<DenialWords, 'heading'> {
  return { message, remedy: `${who} has to remove the deny; adding an allow will not help.` };
}
