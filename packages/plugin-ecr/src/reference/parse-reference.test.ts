import { InvalidReferenceError } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { parseEcrReference } from './ecr-reference.js';
import { parseReference } from './parse-reference.js';

const hex = '0e681df097589fa1cdd6c09bf140d9dd9ade86f2cadca06fa6a5008ac7da1cd2';
const account = '123456789012';

const privateParts = (host: string, region: string, accountId = account) => ({
  registry: { kind: 'private', host, accountId, region },
});
const publicParts = { registry: { kind: 'public', host: 'public.ecr.aws' } };

const valid: readonly (readonly [text: string, parts: object])[] = [
  ['public.ecr.aws/nginx/nginx:latest', { ...publicParts, repository: 'nginx/nginx', tag: 'latest' }],
  ['public.ecr.aws/docker/library/alpine:3.20', { ...publicParts, repository: 'docker/library/alpine', tag: '3.20' }],
  ['public.ecr.aws/amazonlinux/amazonlinux', { ...publicParts, repository: 'amazonlinux/amazonlinux' }],
  ['public.ecr.aws/lambda/python:3.12.2024.05.01.11', { ...publicParts, repository: 'lambda/python', tag: '3.12.2024.05.01.11' }],
  ['public.ecr.aws/p1t3u8a3/chalice:v1.22.0', { ...publicParts, repository: 'p1t3u8a3/chalice', tag: 'v1.22.0' }],
  [`public.ecr.aws/eks/coredns@sha256:${hex}`, { ...publicParts, repository: 'eks/coredns', digest: `sha256:${hex}` }],
  [
    `public.ecr.aws/nginx/nginx:1.27@sha256:${hex}`,
    { ...publicParts, repository: 'nginx/nginx', tag: '1.27', digest: `sha256:${hex}` },
  ],
  [
    'ecr-public.aws.com/docker/library/busybox:1.36',
    { registry: { kind: 'public', host: 'ecr-public.aws.com' }, repository: 'docker/library/busybox', tag: '1.36' },
  ],
  [
    `${account}.dkr.ecr.us-east-1.amazonaws.com/web:1.0`,
    { ...privateParts(`${account}.dkr.ecr.us-east-1.amazonaws.com`, 'us-east-1'), repository: 'web', tag: '1.0' },
  ],
  [
    `${account}.dkr.ecr.eu-west-1.amazonaws.com/team/app/api:main-20260101`,
    {
      ...privateParts(`${account}.dkr.ecr.eu-west-1.amazonaws.com`, 'eu-west-1'),
      repository: 'team/app/api',
      tag: 'main-20260101',
    },
  ],
  [
    `${account}.dkr.ecr.us-gov-west-1.amazonaws.com/web:1`,
    { ...privateParts(`${account}.dkr.ecr.us-gov-west-1.amazonaws.com`, 'us-gov-west-1'), repository: 'web', tag: '1' },
  ],
  [
    `${account}.dkr.ecr.cn-north-1.amazonaws.com.cn/web:1`,
    { ...privateParts(`${account}.dkr.ecr.cn-north-1.amazonaws.com.cn`, 'cn-north-1'), repository: 'web', tag: '1' },
  ],
  [
    `${account}.dkr.ecr-fips.us-east-2.amazonaws.com/web:1`,
    { ...privateParts(`${account}.dkr.ecr-fips.us-east-2.amazonaws.com`, 'us-east-2'), repository: 'web', tag: '1' },
  ],
  [
    `${account}.dkr-ecr.us-west-2.on.aws/web:1`,
    { ...privateParts(`${account}.dkr-ecr.us-west-2.on.aws`, 'us-west-2'), repository: 'web', tag: '1' },
  ],
  [
    `${account}.dkr-ecr-fips.us-west-2.on.aws/web:1`,
    { ...privateParts(`${account}.dkr-ecr-fips.us-west-2.on.aws`, 'us-west-2'), repository: 'web', tag: '1' },
  ],
  [
    `${account}.dkr.ecr.eusc-de-east-1.amazonaws.eu/web:1`,
    { ...privateParts(`${account}.dkr.ecr.eusc-de-east-1.amazonaws.eu`, 'eusc-de-east-1'), repository: 'web', tag: '1' },
  ],
  [
    `${account}.dkr.ecr.ap-southeast-7.amazonaws.com/a.b_c-d/e1:_x`,
    { ...privateParts(`${account}.dkr.ecr.ap-southeast-7.amazonaws.com`, 'ap-southeast-7'), repository: 'a.b_c-d/e1', tag: '_x' },
  ],
  [
    '012345678901.dkr.ecr.us-east-1.amazonaws.com/docker-hub/library/nginx:1.27',
    {
      ...privateParts('012345678901.dkr.ecr.us-east-1.amazonaws.com', 'us-east-1', '012345678901'),
      repository: 'docker-hub/library/nginx',
      tag: '1.27',
    },
  ],
  [
    `${account}.dkr.ecr.us-east-1.amazonaws.com/web@sha256:${hex}`,
    { ...privateParts(`${account}.dkr.ecr.us-east-1.amazonaws.com`, 'us-east-1'), repository: 'web', digest: `sha256:${hex}` },
  ],
  [
    `${account}.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk/web:1`,
    { ...privateParts(`${account}.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk`, 'eu-isoe-west-1'), repository: 'web', tag: '1' },
  ],
];

const invalid: readonly (readonly [why: string, text: string, code: string])[] = [
  ['scheme', 'https://public.ecr.aws/nginx/nginx:latest', 'other-registry'],
  ['alias without repository', 'public.ecr.aws/nginx', 'invalid-repository'],
  ['upper case in path', 'public.ecr.aws/Nginx/nginx:latest', 'invalid-repository'],
  ['empty tag', 'public.ecr.aws/nginx/nginx:', 'invalid-tag'],
  ['tag starts with -', 'public.ecr.aws/nginx/nginx:-1', 'invalid-tag'],
  ['blank', 'public.ecr.aws/nginx/nginx:a b', 'invalid-tag'],
  ['empty component', 'public.ecr.aws/nginx//nginx:1', 'invalid-repository'],
  ['short digest', 'public.ecr.aws/nginx/nginx@sha256:abc', 'invalid-digest'],
  ['algorithm not stored by ECR', `public.ecr.aws/nginx/nginx@sha512:${hex}`, 'invalid-digest'],
  ['upper-case hex', `public.ecr.aws/nginx/nginx@sha256:${hex.toUpperCase()}`, 'invalid-digest'],
  ['look-alike host', 'public.ecr.aws.evil.example/nginx/nginx:1', 'invalid-host'],
  ['11-digit account', '12345678901.dkr.ecr.us-east-1.amazonaws.com/web:1', 'invalid-host'],
  ['region missing', `${account}.dkr.ecr.amazonaws.com/web:1`, 'invalid-host'],
  ['region without number', `${account}.dkr.ecr.us-east.amazonaws.com/web:1`, 'invalid-host'],
  ['China region with global suffix', `${account}.dkr.ecr.cn-north-1.amazonaws.com/web:1`, 'invalid-host'],
  ['dual-stack needs dkr-ecr', `${account}.dkr.ecr.us-east-1.on.aws/web:1`, 'invalid-host'],
  ['double separator', `${account}.dkr.ecr.us-east-1.amazonaws.com/web__app:1`, 'invalid-repository'],
  ['port', `${account}.dkr.ecr.us-east-1.amazonaws.com:8443/web:1`, 'invalid-host'],
  ['no repository', `${account}.dkr.ecr.us-east-1.amazonaws.com/`, 'invalid-repository'],
  ['userinfo', `user@${account}.dkr.ecr.us-east-1.amazonaws.com/web:1`, 'invalid-host'],
  ['no host', 'nginx:latest', 'other-registry'],
  ['API host', 'api.ecr.us-east-1.amazonaws.com/web', 'invalid-host'],
  ['129-character tag', `public.ecr.aws/nginx/nginx:${'a'.repeat(129)}`, 'invalid-tag'],
  ['257-character path', `public.ecr.aws/a/${'b'.repeat(255)}`, 'invalid-repository'],
  ['component ends in a dot', 'public.ecr.aws/nginx/nginx.:1', 'invalid-repository'],
  ['component ends in a hyphen', 'public.ecr.aws/nginx/nginx-:1', 'invalid-repository'],
  ['two dots', 'public.ecr.aws/nginx/../nginx:1', 'invalid-repository'],
  ['percent-encoding', 'public.ecr.aws/nginx%2Fnginx/x:1', 'invalid-repository'],
  ['homograph (Cyrillic u)', 'pцblic.ecr.aws/nginx/nginx:1', 'invalid-host'],
  ['IP address', '169.254.169.254/latest/meta-data', 'other-registry'],
  ['trailing dot of the host', 'public.ecr.aws./nginx/nginx:1', 'invalid-host'],
  ['two digests', `public.ecr.aws/nginx/nginx@sha256:${hex}@sha256:${hex}`, 'invalid-digest'],
  ['two tags', 'public.ecr.aws/nginx/nginx:1:2', 'invalid-tag'],
  ['one-character repository', `${account}.dkr.ecr.us-east-1.amazonaws.com/a:1`, 'invalid-repository'],
  ['nothing', '', 'empty'],
  ['a sentence', 'the nginx image, please', 'no-host'],
  ['longer than any reference', `public.ecr.aws/nginx/${'nginx/'.repeat(200)}`, 'no-host'],
];

describe('the strict grammar', () => {
  test.each(valid)('accepts %s', (text, parts) => {
    expect(parseEcrReference(text)).toEqual(parts);
  });

  test.each(invalid)('refuses %s: %s', (_why, text, code) => {
    expect(refusal(() => parseEcrReference(text)).code).toBe(code);
  });
});

describe('text as people paste it', () => {
  const plain = 'public.ecr.aws/nginx/nginx:1.27';
  const api = `${account}.dkr.ecr.eu-west-1.amazonaws.com/team/api`;
  test.each([
    ['public', `  ${plain}\n`, plain, []],
    ['public', `\u200b${plain}\ufeff`, plain, []],
    ['public', `https://${plain}/`, plain, []],
    ['public', `docker://${plain}`, plain, []],
    ['public', `oci://${plain}`, plain, []],
    ['public', `docker pull ${plain}`, plain, []],
    ['public', `"${plain}"`, plain, []],
    ['public', 'public.ecr.aws/nginx/nginx', 'public.ecr.aws/nginx/nginx:latest', ['No tag given: latest is used.']],
    ['public', `${plain}@sha256:${hex}`, `${plain}@sha256:${hex}`, ['Tag and digest given: the digest decides.']],
    [
      'public',
      'ecr-public.aws.com/nginx/nginx:1.27',
      plain,
      ['ecr-public.aws.com serves the same images as public.ecr.aws, which is used.'],
    ],
    [
      'public',
      'https://gallery.ecr.aws/nginx/nginx?page=1',
      'public.ecr.aws/nginx/nginx:latest',
      ['Read from the address of the ECR Public Gallery.', 'No tag given: latest is used.'],
    ],
    [
      'private',
      `arn:aws:ecr:eu-west-1:${account}:repository/team/api`,
      `${api}:latest`,
      ['Read from the ARN of the repository.', 'No tag given: latest is used.'],
    ],
    [
      'private',
      `https://eu-west-1.console.aws.amazon.com/ecr/repositories/private/${account}/team%2Fapi?region=eu-west-1`,
      `${api}:latest`,
      ['Read from the address of the AWS console.', 'No tag given: latest is used.'],
    ],
    [
      'private',
      `https://eu-west-1.console.aws.amazon.com/ecr/repositories/private/${account}/team/api/_/image/sha256:${hex}/details`,
      `${api}:latest`,
      ['Read from the address of the AWS console.', 'No tag given: latest is used.'],
    ],
  ] as const)('%s tab reads %j', (variant, typed, text, notes) => {
    const reference = parseReference(variant, typed);

    expect({ text: reference.text, notes: reference.notes }).toEqual({ text, notes });
  });

  test.each([
    ['public', 'public.ecr.aws/Nginx/nginx:Latest', 'public.ecr.aws/nginx/nginx:Latest'],
    ['public', `public.ecr.aws/nginx/nginx@sha256:${hex.toUpperCase()}`, `public.ecr.aws/nginx/nginx@sha256:${hex}`],
    ['public', 'PUBLIC.ecr.aws/nginx/nginx:1', 'public.ecr.aws/nginx/nginx:1'],
    ['public', 'nginx:latest', 'public.ecr.aws/docker/library/nginx:latest'],
    ['private', `${api.replace('/', ':443/')}:1`, `${api}:1`],
    ['private', `AWS@${api}:1`, `${api}:1`],
  ] as const)('%s tab suggests a mend for %s', (variant, typed, suggestion) => {
    expect(refusal(() => parseReference(variant, typed)).suggestion).toBe(suggestion);
  });

  test('each tab sends the other kind of address to the other tab', () => {
    const atPublic = refusal(() => parseReference('public', `${api}:1`));
    const atPrivate = refusal(() => parseReference('private', plain));

    expect([atPublic.code, atPublic.message]).toEqual([
      'other-variant',
      'This is a private registry address. Use the Private tab.',
    ]);
    expect([atPrivate.code, atPrivate.message]).toEqual([
      'other-variant',
      'This is a public registry address. Use the Public tab.',
    ]);
  });

  test('a reference without a host is said to be of Docker Hub', () => {
    expect(refusal(() => parseReference('public', 'nginx:latest')).message).toMatch(/^This is a Docker Hub reference\./);
  });
});

function refusal(attempt: () => unknown): InvalidReferenceError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof InvalidReferenceError) return error;
    throw error;
  }
  throw new Error('The reference was accepted.');
}
