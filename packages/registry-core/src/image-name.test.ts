import { expect, test } from 'vitest';
import { registryHostOf, registryPathOf } from './image-name.js';

test.each([
  ['public.ecr.aws/nginx/nginx', 'public.ecr.aws', 'nginx/nginx'],
  ['123456789012.dkr.ecr.eu-central-1.amazonaws.com/payments', '123456789012.dkr.ecr.eu-central-1.amazonaws.com', 'payments'],
  ['docker.io/library/alpine', 'docker.io', 'library/alpine'],
  ['localhost:5000/a/b/c', 'localhost:5000', 'a/b/c'],
  ['[::1]:5000/team/app', '[::1]:5000', 'team/app'],
  ['payments', '', 'payments'],
])('%s is at %s, as %s', (name, host, path) => {
  expect([registryHostOf(name), registryPathOf(name)]).toEqual([host, path]);
});
