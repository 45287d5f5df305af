import { describe, expect, test } from 'vitest';
import { formatReference, InvalidReferenceError, manifestReferenceOf, parseReference, type ImageReference } from './reference.js';

const digest = 'sha256:0e681df097589fa1cdd6c09bf140d9dd9ade86f2cadca06fa6a5008ac7da1cd2';

describe('parseReference reads', () => {
  test.each<[text: string, expected: ImageReference]>([
    ['public.ecr.aws/nginx/nginx:latest', { host: 'public.ecr.aws', repository: 'nginx/nginx', tag: 'latest' }],
    ['public.ecr.aws/amazonlinux/amazonlinux', { host: 'public.ecr.aws', repository: 'amazonlinux/amazonlinux' }],
    [`public.ecr.aws/eks/coredns@${digest}`, { host: 'public.ecr.aws', repository: 'eks/coredns', digest }],
    [`public.ecr.aws/nginx/nginx:1.27@${digest}`, { host: 'public.ecr.aws', repository: 'nginx/nginx', tag: '1.27', digest }],
    [
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app/api:main-20260101',
      { host: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', repository: 'team/app/api', tag: 'main-20260101' },
    ],
    ['docker.io/library/nginx:1.27', { host: 'docker.io', repository: 'library/nginx', tag: '1.27' }],
    ['localhost/app', { host: 'localhost', repository: 'app' }],
    ['localhost:5000/app:x', { host: 'localhost:5000', repository: 'app', tag: 'x' }],
    ['registry:5000/a.b_c__d--e/f:_x', { host: 'registry:5000', repository: 'a.b_c__d--e/f', tag: '_x' }],
    ['[::1]:5000/app', { host: '[::1]:5000', repository: 'app' }],
    ['GHCR.io/owner/app', { host: 'ghcr.io', repository: 'owner/app' }],
    [`example.org/a:${'t'.repeat(128)}`, { host: 'example.org', repository: 'a', tag: 't'.repeat(128) }],
  ])('%s', (text, expected) => {
    const reference = parseReference(text);
    expect(reference).toEqual(expected);
    expect(parseReference(formatReference(reference))).toEqual(reference);
  });
});

describe('parseReference refuses', () => {
  test.each<[text: string, reason: InvalidReferenceError['reason'], suggestion?: string]>([
    ['', 'empty'],
    ['  ', 'empty'],
    ['nginx', 'no-registry', 'docker.io/library/nginx'],
    ['nginx:1.27', 'no-registry', 'docker.io/library/nginx:1.27'],
    [`nginx@${digest}`, 'no-registry', `docker.io/library/nginx@${digest}`],
    ['bitnami/redis:7', 'no-registry', 'docker.io/bitnami/redis:7'],
    ['https://public.ecr.aws/nginx/nginx', 'scheme'],
    ['docker://public.ecr.aws/nginx/nginx', 'scheme'],
    ['public.ecr.aws/Nginx/nginx:latest', 'repository', 'public.ecr.aws/nginx/nginx:latest'],
    ['public.ecr.aws/nginx/nginx:', 'tag'],
    ['public.ecr.aws/nginx/nginx:-1', 'tag'],
    [`example.org/a:${'t'.repeat(129)}`, 'tag'],
    ['public.ecr.aws/nginx/nginx:a b', 'characters'],
    ['public.ecr.aws/nginx/nginx:1\n', 'characters'],
    ['public.ecr.aws/ngınx/nginx:1', 'characters'],
    ['public.ecr.aws/nginx//nginx:1', 'repository'],
    ['public.ecr.aws/nginx/../nginx:1', 'repository'],
    ['public.ecr.aws/nginx%2fnginx:1', 'repository'],
    ['public.ecr.aws/', 'repository'],
    ['public.ecr.aws/web_-app', 'repository'],
    ['public.ecr.aws/web-', 'repository'],
    [`example.org/${'a'.repeat(256)}`, 'repository'],
    ['public.ecr.aws/nginx/nginx@sha256:abc', 'digest'],
    ['public.ecr.aws/nginx/nginx@sha512:0e68', 'digest'],
    [`public.ecr.aws/nginx/nginx@${digest.toUpperCase()}`, 'digest'],
    ['user:password@public.ecr.aws/nginx/nginx', 'user-information'],
    ['public.ecr.aws:0/nginx', 'host'],
    ['public.ecr.aws:65536/nginx', 'host'],
    ['public.ecr.aws:/nginx', 'host'],
    ['-bad.example/nginx', 'host'],
    ['a..b/nginx', 'host'],
    ['x'.repeat(1025), 'too-long'],
  ])('%j', (text, reason, suggestion) => {
    let error: unknown;
    try {
      parseReference(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidReferenceError);
    expect(error).toMatchObject({ reason, suggestion });
  });

  test('a password without repeating it', () => {
    expect(() => parseReference('user:password@public.ecr.aws/nginx/nginx')).toThrow(/^(?!.*password@)/);
  });

  test('a short name with the full one that is probably meant', () => {
    expect(() => parseReference('nginx')).toThrow('"nginx" names no registry. If the image on Docker Hub is meant, write docker.io/library/nginx.');
  });
});

test.each([
  [`example.org/a:1@${digest}`, digest],
  ['example.org/a:1', '1'],
  ['example.org/a', 'latest'],
])('of %s a registry is asked for %s', (text, expected) => {
  expect(manifestReferenceOf(parseReference(text))).toBe(expected);
});
