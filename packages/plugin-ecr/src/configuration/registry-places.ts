import type { RegistryPlace } from './private-configuration.js';

/** The registries of accounts in regions: region after region. Without accounts, those of the account the credentials belong to. */
export function placesOf(regions: readonly string[], accountIds: readonly string[]): readonly RegistryPlace[] {
  return regions.flatMap((region): readonly RegistryPlace[] =>
    accountIds.length === 0 ? [{ region }] : accountIds.map((accountId) => ({ region, accountId })),
  );
}

/** The registries that roles open, each in the account of its role. */
export function placesOfRoles(regions: readonly string[], roleArns: readonly string[]): readonly RegistryPlace[] {
  return regions.flatMap((region) => roleArns.map((roleArn) => ({ region, roleArn, accountId: accountOfRole(roleArn) })));
}

const rolePattern = /^arn:(aws[a-z-]*):iam::([0-9]{12}):role\/[\w+=,.@/-]{1,576}$/;

/** Whether a text is the ARN of an IAM role. */
export function isRoleArn(text: string): boolean {
  return rolePattern.test(text);
}

/** `aws`, `aws-cn`, …: the partition an ARN is of. */
export function partitionOfArn(arn: string): string {
  return arn.split(':')[1] ?? '';
}

function accountOfRole(roleArn: string): string {
  return roleArn.split(':')[4] ?? '';
}
