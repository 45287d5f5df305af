import { isOffered, offeredForm, permissionsOf } from '@esscm/registry-core';
import { expect, test } from 'vitest';
import { ecrDescription } from './ecr-description.js';

const [publicVariant, privateVariant] = ecrDescription.variants;

test('the public tab comes first and asks for no credential', () => {
  expect(ecrDescription.variants.map(({ id }) => id)).toEqual(['public', 'private']);
  expect([publicVariant?.credentialKinds, publicVariant?.referencePlaceholder]).toEqual([
    [],
    'public.ecr.aws/nginx/nginx:latest',
  ]);
});

test('the permissions are shown in the order and words of the verify step', () => {
  const permissions = permissionsOf(privateVariant!, 'access-key');
  expect(permissions.map(({ action, purpose, required }) => [action, purpose, required])).toEqual([
    ['sts:GetCallerIdentity', 'Identify the caller', false],
    ['ecr:GetAuthorizationToken', 'Sign in to the registry', true],
    ['ecr:DescribeRepositories', 'List repositories', false],
    ['ecr:ListImages', 'List tags and digests', false],
    ['ecr:DescribeImages', 'Sizes and push dates', false],
    ['ecr:BatchGetImage', 'Read manifests', true],
    ['ecr:BatchCheckLayerAvailability', 'Check layers', false],
    ['ecr:GetDownloadUrlForLayer', 'Download layers', true],
  ]);
});

test('a role is tried before everything else, and only with that kind of credential', () => {
  expect(permissionsOf(privateVariant!, 'role')[0]).toMatchObject({ action: 'sts:AssumeRole', required: true });
  expect(permissionsOf(privateVariant!, 'machine').map(({ action }) => action)).not.toContain('sts:AssumeRole');
});

test('what the operator does not allow is not offered', () => {
  const offered = (settings: Readonly<Record<string, string>>) => ({
    kinds: privateVariant!.credentialKinds.filter((kind) => isOffered(kind, settings)).map(({ id }) => id),
    assumedBy: offeredForm(privateVariant!.credentialKinds.find(({ id }) => id === 'role')!, settings).fields.find(({ name }) => name === 'assumedBy')?.choices?.map(({ value }) => value),
    endpoints: offeredForm(privateVariant!.credentialKinds[0]!, settings).fields.filter(({ name }) => name.endsWith('Endpoint')).length,
  });

  expect(offered({})).toEqual({ kinds: ['access-key', 'role'], assumedBy: ['access-key'], endpoints: 0 });
  expect(offered({ 'ecr.machineIdentity': 'container', 'ecr.customEndpoints': '.vpce.amazonaws.com' })).toEqual({
    kinds: ['access-key', 'role', 'machine'],
    assumedBy: ['machine', 'access-key'],
    endpoints: 2,
  });
});

test('the guide gives the policy with the seven permissions and nothing else', () => {
  expect(JSON.parse(privateVariant?.credentialKinds[0]?.guide?.snippet ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'ecr:GetAuthorizationToken',
          'ecr:BatchCheckLayerAvailability',
          'ecr:GetDownloadUrlForLayer',
          'ecr:BatchGetImage',
          'ecr:DescribeRepositories',
          'ecr:ListImages',
          'ecr:DescribeImages',
        ],
        Resource: '*',
      },
    ],
  });
});

test('the secrets of the form are sealed, and a session token is asked for with a temporary key only', () => {
  expect(
    privateVariant?.credentialKinds[0]?.fields.map(({ name, type, required, shownWhen }) => [name, type, required, shownWhen]),
  ).toEqual([
    ['accessKeyId', 'text', true, undefined],
    ['secretAccessKey', 'secret', true, undefined],
    ['sessionToken', 'secret', true, { field: 'accessKeyId', startsWith: 'ASIA' }],
    ['sessionExpiresAt', 'text', false, { field: 'accessKeyId', startsWith: 'ASIA' }],
    ['region', 'choice', true, undefined],
    ['registryId', 'text', false, undefined],
    ['moreRegions', 'text', false, undefined],
    ['hostNames', 'choice', false, undefined],
    ['apiEndpoint', 'text', false, undefined],
    ['stsEndpoint', 'text', false, undefined],
  ]);
});

test('is plain data that crosses the API, with a drawing that carries no script', () => {
  expect(JSON.parse(JSON.stringify(ecrDescription))).toEqual(ecrDescription);
  expect(ecrDescription.icon).toMatch(/^<svg [^>]*viewBox="0 0 24 24"[^>]*stroke="currentColor"[^>]*>(?:<path d="[^"<>]+"\/>)+<\/svg>$/);
});
