import { expect, test } from 'vitest';
import { formatAccount, formatPrincipal } from './format-account.js';

test.each([
  ['418273905562', '4182-7390-5562'],
  ['41827390556', '41827390556'],
  ['northwind', 'northwind'],
])('account %s reads %s', (account, text) => {
  expect(formatAccount(account)).toBe(text);
});

test.each([
  ['arn:aws:iam::418273905562:user/esscm-ecr-read', 'user/esscm-ecr-read'],
  ['arn:aws:sts::418273905562:assumed-role/scan/session', 'assumed-role/scan/session'],
  ['robot$esscm', 'robot$esscm'],
])('principal %s reads %s', (principal, text) => {
  expect(formatPrincipal(principal)).toBe(text);
});
