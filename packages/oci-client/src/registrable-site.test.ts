import { expect, test } from 'vitest';
import { isSameSite } from './registrable-site.js';

test.each([
  ['public.ecr.aws', 'public.ecr.aws', true],
  ['registry-1.docker.io', 'auth.docker.io', true],
  ['registry.gitlab.com', 'gitlab.com', true],
  ['registry.example.co.uk', 'auth.example.co.uk', true],
  ['127.0.0.1', '127.0.0.1', true],
  ['registry.example.org', 'auth.example.com', false],
  ['example.co.uk', 'other.co.uk', false],
  ['a.azurecr.io', 'b.azurecr.io', false],
  ['123456789012.dkr.ecr.us-east-1.amazonaws.com', 'evil.s3.amazonaws.com', false],
  ['evil.github.io', 'registry.github.io', false],
  ['10.0.0.1', '10.0.0.2', false],
  ['[fd12::1]', '[fd12::2]', false],
  ['registry', 'auth', false],
  ['docker.io.evil.example', 'auth.docker.io', false],
])('%s and %s belong together: %s', (first, second, expected) => {
  expect(isSameSite(first, second)).toBe(expected);
  expect(isSameSite(second, first)).toBe(expected);
});
