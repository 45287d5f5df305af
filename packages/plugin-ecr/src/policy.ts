/** The smallest identity policy that allows all a connection does, as text to paste into IAM. */
export const readOnlyPolicy = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'ecr:GetAuthorizationToken',
          'ecr:BatchCheckLayerAvailability',
          'ecr:GetDownloadUrlForLayer',
          'ecr:BatchGetImage',
          'ecr:DescribeRepositories',
          'ecr:ListImages',
          'ecr:DescribeImages',
        ],
        Resource: '*',
      },
    ],
  },
  undefined,
  2,
);

/** One statement of an identity policy that allows the actions still missing. */
export function allowStatement(actions: readonly string[], resource = '*'): string {
  return JSON.stringify({ Effect: 'Allow', Action: actions, Resource: resource }, undefined, 2);
}

/** One statement of a repository policy; the repository it is attached to is its resource. */
export function repositoryPolicyStatement(principal: string, actions: readonly string[]): string {
  return JSON.stringify({ Effect: 'Allow', Principal: { AWS: principal }, Action: actions }, undefined, 2);
}

/** The condition that exempts one principal from a denying statement. */
export function exemptionCondition(principal: string): string {
  return JSON.stringify({ Condition: { ArnNotEquals: { 'aws:PrincipalArn': principal } } }, undefined, 2);
}
