/** `4182-7390-5562`: an account ID for reading. */
export function readableAccount(accountId: string): string {
  return accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
}

/** `user/esscm-ecr-read` of `arn:aws:iam::418273905562:user/esscm-ecr-read`. */
export function shortPrincipal(arn: string): string {
  return arn.split(':').slice(5).join(':') || arn;
}

/** `a`, `a and b`, `a, b and c`. */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.slice(-1).join('')}`;
}

/** The account in an ARN, when it has one. */
export function accountOfArn(arn: string | undefined): string | undefined {
  const account = arn?.split(':')[4];
  return account !== undefined && /^[0-9]{12}$/.test(account) ? account : undefined;
}
