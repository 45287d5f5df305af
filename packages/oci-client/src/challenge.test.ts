import { expect, test } from 'vitest';
import { parseChallenge, type Challenge } from './challenge.js';

test.each<[header: string | undefined, challenge: Challenge | undefined]>([
  // Amazon ECR
  ['Basic realm="https://123456789012.dkr.ecr.us-east-1.amazonaws.com/",service="ecr.amazonaws.com"', { scheme: 'basic' }],
  // ECR Public
  [
    'Bearer realm="https://public.ecr.aws/token/",service="public.ecr.aws",scope="aws"',
    { scheme: 'bearer', realm: 'https://public.ecr.aws/token/', service: 'public.ecr.aws', scope: 'aws' },
  ],
  // Docker Hub
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull,push"',
    { scheme: 'bearer', realm: 'https://auth.docker.io/token', service: 'registry.docker.io', scope: 'repository:library/nginx:pull,push' },
  ],
  ['bearer realm=https://example.org/token , service = "a \\"quoted\\" name"', { scheme: 'bearer', realm: 'https://example.org/token', service: 'a "quoted" name' }],
  ['Basic realm="x", Bearer realm="https://example.org/token"', { scheme: 'bearer', realm: 'https://example.org/token' }],
  ['Negotiate, Basic realm="x"', { scheme: 'basic' }],
  ['Bearer service="x"', undefined],
  ['Negotiate', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s', (header, challenge) => {
  expect(parseChallenge(header)).toEqual(challenge);
});
