import { describe, expect, test } from 'vitest';
import type { CheckOutcome, DenialSource } from '../gql/graphql.js';
import { allowedCount, checkResult, worstFirst } from './check-words.js';

describe('the result of a permission', () => {
  test.each<[CheckOutcome, DenialSource | null, string]>([
    ['ALLOWED', null, 'Allowed'],
    ['DENIED_IMPLICIT', null, 'Denied, no policy allows it'],
    ['DENIED_IMPLICIT', 'IDENTITY_POLICY', 'Denied, no policy allows it'],
    ['DENIED_IMPLICIT', 'RESOURCE_POLICY', 'Denied by repository policy'],
    ['DENIED_IMPLICIT', 'PERMISSIONS_BOUNDARY', 'Denied by permissions boundary'],
    ['DENIED_EXPLICIT', null, 'Denied'],
    ['DENIED_EXPLICIT', 'IDENTITY_POLICY', 'Denied by IAM policy'],
    ['DENIED_EXPLICIT', 'SERVICE_CONTROL_POLICY', 'Denied by SCP'],
    ['DENIED_EXPLICIT', 'ENDPOINT_POLICY', 'Denied by VPC endpoint'],
    ['NOT_PROVEN', null, 'Not proven'],
    ['THROTTLED', null, 'Limited, try again'],
    ['UNREACHABLE', null, 'Unreachable'],
    ['NOT_TRIED', null, 'Not tried'],
  ])('%s by %s reads %s', (outcome, deniedBy, text) => {
    expect(checkResult({ outcome, deniedBy }).text).toBe(text);
  });
});

const check = (action: string, outcome: CheckOutcome) => ({ action, outcome, purpose: '', required: true });

test('denied rows come first, others keep their order', () => {
  const rows = [check('a', 'ALLOWED'), check('b', 'NOT_TRIED'), check('c', 'DENIED_EXPLICIT'), check('d', 'ALLOWED'), check('e', 'DENIED_IMPLICIT')];
  expect(worstFirst(rows).map(({ action }) => action)).toEqual(['c', 'e', 'b', 'a', 'd']);
  expect(allowedCount(rows)).toBe('2 of 5 allowed');
});
