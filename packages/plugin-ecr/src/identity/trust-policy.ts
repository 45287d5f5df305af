/** The trust policy of a role that only we may assume, and only with the connection's external ID. */
export function trustPolicy(principalArn: string, externalId: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: principalArn },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': externalId } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 2);
}

/**
 * The principal to name in a trust policy. A session is of a role, whose ARN has another form; the path of the role is not
 * in the session's ARN, so that an operator whose role has one sets `ecr.principalArn`.
 */
export function trustedPrincipal(callerArn: string): string {
  const [, partition, account, role] = /^arn:([a-z-]+):sts::([0-9]{12}):assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  return role === undefined ? callerArn : `arn:${partition}:iam::${account}:role/${role}`;
}

/** What a trust policy lacks that lets in whoever makes us name the role. */
export function externalIdCondition(externalId: string): string {
  return JSON.stringify({ Condition: { StringEquals: { 'sts:ExternalId': externalId } } }, undefined, 2);
}
