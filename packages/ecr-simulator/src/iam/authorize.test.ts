import { expect, test } from 'vitest';
import { authorize } from './authorize.js';
import type { PolicyDocument } from './policy-document.js';

const ACCOUNT = '123456789012';
const OTHER = '999988887777';
const TEAM_A = `arn:aws:ecr:us-east-1:${ACCOUNT}:repository/team-a/api`;
const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;

const allow = (action: string, resource = '*'): PolicyDocument => ({ Statement: { Effect: 'Allow', Action: action, Resource: resource } });
const deny = (action: string, resource = '*'): PolicyDocument => ({ Statement: { Effect: 'Deny', Action: action, Resource: resource } });
const grant = (principal: string, effect: 'Allow' | 'Deny' = 'Allow'): PolicyDocument => ({
  Statement: [{ Effect: effect, Principal: { AWS: principal }, Action: 'ecr:*' }],
});

interface Case {
  readonly identity?: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
  readonly session?: PolicyDocument;
  readonly organisation?: readonly PolicyDocument[];
  readonly repository?: PolicyDocument;
  readonly owner?: string;
}

// Expected answers follow "Policy evaluation logic" of the IAM User Guide.
const NONE = (type: string) => `because no ${type} allows the ecr:ListImages action`;
const DENY = (type: string) => `with an explicit deny in ${type}`;
const cases: readonly (readonly [string, Case, string])[] = [
  ['no policy at all', {}, NONE('identity-based policy')],
  ['an identity policy allows', { identity: [allow('ecr:ListImages')] }, 'allowed'],
  ['action names ignore case', { identity: [allow('ECR:listimages')] }, 'allowed'],
  ['another action is allowed', { identity: [allow('ecr:DescribeImages')] }, NONE('identity-based policy')],
  ['the resource is in scope', { identity: [allow('ecr:*', `arn:aws:ecr:*:${ACCOUNT}:repository/team-a/*`)] }, 'allowed'],
  ['the resource is out of scope', { identity: [allow('ecr:*', `arn:aws:ecr:*:${ACCOUNT}:repository/team-b/*`)] }, NONE('identity-based policy')],
  ['NotAction covers everything else', { identity: [{ Statement: { Effect: 'Allow', NotAction: 'ecr:Put*', Resource: '*' } }] }, 'allowed'],
  ['NotAction excludes', { identity: [{ Statement: { Effect: 'Allow', NotAction: 'ecr:List*', Resource: '*' } }] }, NONE('identity-based policy')],
  ['NotResource excludes', { identity: [{ Statement: { Effect: 'Allow', Action: 'ecr:*', NotResource: TEAM_A } }] }, NONE('identity-based policy')],
  ['an explicit deny wins', { identity: [allow('*'), deny('ecr:ListImages')] }, DENY('an identity-based policy')],
  ['a boundary does not allow', { identity: [allow('*')], boundary: allow('s3:*') }, NONE('permissions boundary')],
  ['a boundary alone grants nothing', { boundary: allow('*') }, NONE('identity-based policy')],
  ['a boundary denies', { identity: [allow('*')], boundary: deny('ecr:*') }, DENY('a permissions boundary')],
  ['a session policy does not allow', { identity: [allow('*')], session: allow('ecr:BatchGetImage') }, NONE('session policy')],
  ['a session policy denies', { identity: [allow('*')], session: deny('ecr:*') }, DENY('a session policy')],
  ['the organisation does not allow', { identity: [allow('*')], organisation: [allow('s3:*')] }, NONE('service control policy')],
  ['the organisation denies', { identity: [allow('*')], organisation: [allow('*'), deny('ecr:*')] }, DENY('a service control policy')],
  ['within the account the repository policy is enough', { repository: grant(USER) }, 'allowed'],
  ['the repository policy names the account', { repository: grant(`arn:aws:iam::${ACCOUNT}:root`) }, 'allowed'],
  ['the repository policy names someone else', { repository: grant(`arn:aws:iam::${ACCOUNT}:user/bob`) }, NONE('identity-based policy')],
  ['the repository policy denies', { identity: [allow('*')], repository: grant(USER, 'Deny') }, DENY('a resource-based policy')],
  ['across accounts the identity policy is not enough', { identity: [allow('*')], owner: OTHER }, NONE('resource-based policy')],
  ['across accounts the repository policy is not enough', { repository: grant(USER), owner: OTHER }, NONE('identity-based policy')],
  ['across accounts both are', { identity: [allow('*')], repository: grant(USER), owner: OTHER }, 'allowed'],
  [
    'a condition holds',
    { identity: [{ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } } } }] },
    'allowed',
  ],
  [
    'a condition on a key that is absent does not hold',
    { identity: [{ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } } }] },
    NONE('identity-based policy'),
  ],
  [
    'a region guard denies',
    { identity: [allow('*')], organisation: [allow('*'), { Statement: { Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } } }] },
    DENY('a service control policy'),
  ],
];

test.each(cases)('%s', (_title, { identity = [], boundary, session, organisation = [], repository, owner = ACCOUNT }, expected) => {
  const decision = authorize(
    { arn: USER, account: ACCOUNT },
    { identity, permissionsBoundary: boundary, sessionPolicy: session, serviceControl: organisation },
    { account: owner, policy: repository },
    { action: 'ecr:ListImages', resource: TEAM_A, context: { 'aws:requestedregion': 'us-east-1' } },
  );
  expect(decision.allowed ? 'allowed' : decision.reason).toBe(expected);
});
