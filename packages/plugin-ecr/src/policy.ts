/** The seven actions a connection uses, and no more. */
const readOnlyStatement = {
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
};

/** The smallest identity policy that allows all a connection does, as text to paste into IAM. */
export const readOnlyPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [readOnlyStatement] }, undefined, 2);

/** The same for the sessions of assumed roles: whatever the role may do, a session of ours can do no more than this. */
export const sessionPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [readOnlyStatement] });

/** A policy that grants what is missing. The sign-in has no resource; the rest is granted on the registries it is missing in. */
export function missingPolicy(missing: readonly { readonly action: string; readonly repositories: string }[]): string {
  const signIn = missing.some(({ action }) => action === 'ecr:GetAuthorizationToken');
  const onRepositories = missing.filter(({ action }) => action !== 'ecr:GetAuthorizationToken');
  const byActions = new Map<string, { readonly actions: readonly string[]; readonly resources: string[] }>();
  for (const [repositories, rows] of Map.groupBy(onRepositories, (row) => row.repositories)) {
    const actions = [...new Set(rows.map(({ action }) => action))];
    const statement = byActions.get(actions.join()) ?? { actions, resources: [] };
    statement.resources.push(repositories);
    byActions.set(actions.join(), statement);
  }
  const statements = [
    ...(signIn ? [{ Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' }] : []),
    ...[...byActions.values()].map(({ actions, resources }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources.length === 1 ? resources[0] : resources,
    })),
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2);
}

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
