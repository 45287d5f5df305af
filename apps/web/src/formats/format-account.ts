/** An AWS account number for reading, in groups of four: `4182-7390-5562`. Anything else stays as it is. */
export function formatAccount(account: string): string {
  return /^\d{12}$/.test(account) ? account.replaceAll(/(\d{4})(?=\d)/g, '$1-') : account;
}

/** The telling end of an ARN: `user/esscm-ecr-read`. Anything else stays as it is. */
export function formatPrincipal(principal: string): string {
  return /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(principal)?.[1] ?? principal;
}
