import { describe, expect, test } from 'vitest';
import { describeDenial } from './describe-denial.js';
import { parseDenial } from './parse-denial.js';

const user = 'arn:aws:iam::418273905562:user/esscm-ecr-read';
const repository = 'arn:aws:ecr:eu-central-1:418273905562:repository/payments/checkout-api';
const action = 'ecr:BatchGetImage';
const refused = `User: ${user} is not authorized to perform: ${action} on resource: ${repository}`;
const session = 'arn:aws:sts::418273905562:assumed-role/esscm-read/connection-7';
const policyArn = 'arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-8xk2f0qe';

const statement = `{
  "Effect": "Allow",
  "Action": [
    "ecr:BatchGetImage"
  ],
  "Resource": "*"
}`;
const repositoryStatement = `{
  "Effect": "Allow",
  "Principal": {
    "AWS": "arn:aws:iam::418273905562:user/esscm-ecr-read"
  },
  "Action": [
    "ecr:BatchGetImage"
  ]
}`;
const condition = `{
  "Condition": {
    "ArnNotEquals": {
      "aws:PrincipalArn": "arn:aws:iam::418273905562:user/esscm-ecr-read"
    }
  }
}`;

const noHelp = 'adding an allow will not help.';
const organization = (verb: string): string =>
  `Your AWS Organization forbids ${action}. ${verb}, so adding an IAM permission in account 4182-7390-5562 will not help.`;

interface Row {
  readonly answer: string;
  readonly effect: string;
  readonly deniedBy?: string;
  readonly text: string;
  readonly snippet?: string;
}

const rows: readonly Row[] = [
  {
    answer: `${refused} because no identity-based policy allows the ${action} action`,
    effect: 'implicit',
    deniedBy: 'identity-policy',
    text: `user/esscm-ecr-read may not call ${action}. Add this statement to its policy.`,
    snippet: statement,
  },
  {
    answer: `${refused} because no resource-based policy allows the ${action} action`,
    effect: 'implicit',
    deniedBy: 'resource-policy',
    text: 'The owner of the repository, account 4182-7390-5562, must allow user/esscm-ecr-read in the repository policy. Check the repository name too.',
    snippet: repositoryStatement,
  },
  {
    answer: `${refused} because no permissions boundary allows the ${action} action`,
    effect: 'implicit',
    deniedBy: 'permissions-boundary',
    text: `The permissions boundary of user/esscm-ecr-read does not allow ${action}. Add this statement to the permissions boundary; an IAM permission alone will not help.`,
    snippet: statement,
  },
  {
    answer: `User: ${session} is not authorized to perform: ${action} on resource: ${repository} because no session policy allows the ${action} action`,
    effect: 'implicit',
    deniedBy: 'session-policy',
    text: `The session policy of assumed-role/esscm-read/connection-7 does not allow ${action}. Add this statement to the session policy; an IAM permission alone will not help.`,
    snippet: statement,
  },
  {
    answer: `${refused} because no VPC endpoint policy allows the ${action} action`,
    effect: 'implicit',
    deniedBy: 'endpoint-policy',
    text: `The VPC endpoint policy on the way to AWS does not allow ${action}. Add this statement to the VPC endpoint policy; an IAM permission alone will not help.`,
    snippet: statement,
  },
  {
    answer: `${refused} with an explicit deny in a service control policy`,
    effect: 'explicit',
    deniedBy: 'service-control-policy',
    text: `${organization('A service control policy denies it')} Send this to whoever manages the service control policies in the management account: it exempts only this user.`,
    snippet: condition,
  },
  {
    answer: `${refused} with an explicit deny in a service control policy: ${policyArn}`,
    effect: 'explicit',
    deniedBy: 'service-control-policy',
    text: `${organization('A service control policy denies it')} Send this to whoever manages p-8xk2f0qe in the management account: it exempts only this user.`,
    snippet: condition,
  },
  {
    answer: `${refused} because no service control policy allows the ${action} action`,
    effect: 'implicit',
    deniedBy: 'service-control-policy',
    text: `${organization('No service control policy allows it')} Whoever manages the service control policies in the management account has to allow it.`,
  },
  {
    answer: `${refused} with an explicit deny in an identity-based policy`,
    effect: 'explicit',
    deniedBy: 'identity-policy',
    text: `An IAM policy forbids ${action} to user/esscm-ecr-read. Whoever manages that policy has to remove the deny; ${noHelp}`,
  },
  {
    answer: `${refused} with an explicit deny in a resource-based policy`,
    effect: 'explicit',
    deniedBy: 'resource-policy',
    text: `The repository policy forbids ${action}. The owner of the repository, account 4182-7390-5562, has to remove the deny; ${noHelp}`,
  },
  {
    answer: `${refused} with an explicit deny in a resource control policy`,
    effect: 'explicit',
    deniedBy: 'resource-control-policy',
    text: `A resource control policy of the AWS Organization forbids ${action}. Whoever manages it has to remove the deny; ${noHelp}`,
  },
  {
    answer: `${refused} with an explicit deny`,
    effect: 'explicit',
    text: `A policy forbids ${action} to user/esscm-ecr-read; AWS does not say which. Whoever manages it has to remove the deny; ${noHelp}`,
  },
  {
    answer: refused,
    effect: 'unknown',
    text: `AWS denied ${action} and gave no reason. Possible layers: IAM policy, permissions boundary, SCP, repository policy, VPC endpoint.`,
  },
];

describe('a refusal names its layer and the mend, and guesses nothing', () => {
  test.each(rows)('$answer', ({ answer, effect, deniedBy, text, snippet }) => {
    const denial = parseDenial(answer);
    const words = describeDenial(denial, [action]);

    expect({ effect: denial.effect, deniedBy: denial.deniedBy }).toEqual({ effect, deniedBy });
    expect(words.heading).toBe('Access denied');
    expect(`${words.message} ${words.remedy}`).toBe(text);
    expect(words.remedySnippet).toBe(snippet);
  });

  test('several actions refused for one cause are told together', () => {
    const denial = parseDenial(`${refused} because no identity-based policy allows the ${action} action`);
    const words = describeDenial(denial, ['ecr:ListImages', 'ecr:DescribeImages', 'ecr:BatchGetImage']);

    expect(words.message).toBe(
      'user/esscm-ecr-read may not call ecr:ListImages, ecr:DescribeImages and ecr:BatchGetImage.',
    );
    expect(JSON.parse(words.remedySnippet ?? '')).toEqual({
      Effect: 'Allow',
      Action: ['ecr:ListImages', 'ecr:DescribeImages', 'ecr:BatchGetImage'],
      Resource: '*',
    });
  });

  test('reads principal, action and resource', () => {
    expect(parseDenial(`${refused} with an explicit deny in a service control policy: ${policyArn}`)).toEqual({
      principal: user,
      action,
      resource: repository,
      effect: 'explicit',
      deniedBy: 'service-control-policy',
      policyId: 'p-8xk2f0qe',
    });
  });

  test('reads nothing into other text', () => {
    expect(parseDenial('Forbidden')).toEqual({ effect: 'unknown' });
  });
});
