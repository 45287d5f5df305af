import { expect, test } from 'vitest';
import { matchWildcard } from './match-wildcard.js';

test.each([
  ['ecr:*', 'ecr:ListImages', true],
  ['ecr:List*', 'ecr:ListImages', true],
  ['ecr:*Images', 'ecr:DescribeImages', true],
  ['ecr:Get*Token', 'ecr:GetDownloadUrlForLayer', false],
  ['ecr:Batch?etImage', 'ecr:BatchGetImage', true],
  ['ecr:BatchGetImage?', 'ecr:BatchGetImage', false],
  ['arn:aws:ecr:*:123456789012:repository/team-a/*', 'arn:aws:ecr:us-east-1:123456789012:repository/team-a/api', true],
  ['arn:aws:ecr:*:123456789012:repository/team-a/*', 'arn:aws:ecr:us-east-1:123456789012:repository/*', false],
  ['*', '', true],
  ['', '', true],
  ['?', '', false],
  ['a.c', 'abc', false],
  [`${'*a'.repeat(50)}b`, 'a'.repeat(2_000), false],
])('%s on %s: %s', (pattern, value, expected) => {
  expect(matchWildcard(pattern, value)).toBe(expected);
});
