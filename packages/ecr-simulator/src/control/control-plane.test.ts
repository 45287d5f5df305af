import {
  BatchCheckLayerAvailabilityCommand,
  BatchGetImageCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
  type ListImagesCommandOutput,
  ListImagesCommand,
} from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcome, startTestSimulator, type TestSimulator } from '../testing/test-simulator.js';

const ZERO = `sha256:${'0'.repeat(64)}`;
const tags = Array.from({ length: 120 }, (_, index) => `build-${index}`);
let running: TestSimulator;

beforeAll(async () => {
  running = await startTestSimulator({
    repositories: (layouts) => [
      {
        name: 'team/app',
        visibility: 'private',
        createdAt: new Date('2026-01-01T00:00:00.500Z'),
        images: [
          { layout: layouts[0] ?? '', tags, pushedAt: new Date('2026-02-01T00:00:00Z') },
          { layout: layouts[1] ?? '', tags: [], pushedAt: new Date('2026-02-02T00:00:00Z') },
          { layout: layouts[2] ?? '', tags: ['old'], archived: true },
        ],
      },
      ...['a', 'b', 'c', 'd'].map((letter) => ({ name: `team/${letter}-service`, visibility: 'private' as const, images: [] })),
    ],
    users: [
      { name: 'scoped', accessKeyId: 'AKIAEXAMPLESCOPED000', secretAccessKey: 'scoped', policies: [{ Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: 'arn:aws:ecr:us-east-1:123456789012:repository/team/*' } }] },
    ],
  });
});

afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

const client = () => running.ecr();
const scoped = () => running.ecr({ accessKeyId: 'AKIAEXAMPLESCOPED000', secretAccessKey: 'scoped' });
const repositoryName = 'team/app';

test('DescribeRepositories pages through everything once', async () => {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client().send(new DescribeRepositoriesCommand({ maxResults: 2, nextToken }));
    names.push(...(page.repositories ?? []).map((repository) => repository.repositoryName ?? ''));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  expect(names.toSorted()).toEqual(['team/a-service', 'team/app', 'team/b-service', 'team/c-service', 'team/d-service']);
});

test('DescribeRepositories by name answers with every field', async () => {
  const { repositories } = await client().send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }));
  expect(repositories).toEqual([
    {
      repositoryArn: 'arn:aws:ecr:us-east-1:123456789012:repository/team/app',
      registryId: '123456789012',
      repositoryName,
      repositoryUri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app',
      createdAt: new Date('2026-01-01T00:00:00.500Z'),
      imageTagMutability: 'MUTABLE',
      imageScanningConfiguration: { scanOnPush: false },
      encryptionConfiguration: { encryptionType: 'AES256' },
    },
  ]);
});

test('ListImages has a row per tag and per untagged digest, active images only unless asked', async () => {
  const list = async (filter: { tagStatus?: 'TAGGED' | 'UNTAGGED'; imageStatus?: 'ANY' | 'ARCHIVED' } | undefined) => {
    const { imageIds } = await client().send(new ListImagesCommand({ repositoryName, maxResults: 1_000, filter }));
    return (imageIds ?? []).map((id) => `${running.images.findIndex((image) => image.digest === id.imageDigest)} ${id.imageTag ?? '-'}`).toSorted();
  };
  const tagged = tags.map((tag) => `0 ${tag}`);
  expect(await list(undefined)).toEqual([...tagged, '1 -'].toSorted());
  expect(await list({ tagStatus: 'UNTAGGED' })).toEqual(['1 -']);
  expect(await list({ imageStatus: 'ARCHIVED' })).toEqual(['2 old']);
  expect(await list({ imageStatus: 'ANY', tagStatus: 'TAGGED' })).toEqual([...tagged, '2 old'].toSorted());
});

test('ListImages gives 100 rows unless asked, and a token that holds for this query only', async () => {
  const page: ListImagesCommandOutput = await client().send(new ListImagesCommand({ repositoryName, filter: { imageStatus: 'ANY' } }));
  expect(page.imageIds?.length).toBe(100);
  const nextToken = page.nextToken;
  const again = await client().send(new ListImagesCommand({ repositoryName, filter: { imageStatus: 'ANY' }, nextToken }));
  expect([again.imageIds?.length, again.nextToken]).toEqual([22, undefined]);
  expect(await outcome(client().send(new ListImagesCommand({ repositoryName, nextToken })))).toBe(
    "InvalidParameterException: Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid next token'",
  );
});

test('DescribeImages has a row per digest; an untagged one has no tags', async () => {
  const { imageDetails } = await client().send(new DescribeImagesCommand({ repositoryName, filter: { tagStatus: 'UNTAGGED' } }));
  expect(imageDetails).toEqual([
    {
      registryId: '123456789012',
      repositoryName,
      imageDigest: running.images[1]?.digest,
      imageSizeInBytes: expect.any(Number),
      imagePushedAt: new Date('2026-02-02T00:00:00Z'),
      imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactMediaType: 'application/vnd.oci.image.config.v1+json',
      imageStatus: 'ACTIVE',
    },
  ]);
});

test('BatchGetImage answers what is there and lists what is not', async () => {
  const { images, failures } = await client().send(
    new BatchGetImageCommand({
      repositoryName,
      imageIds: [{ imageTag: 'build-7' }, { imageDigest: ZERO }, {}, { imageDigest: 'sha256:xyz' }, { imageTag: '-' }, { imageTag: 'old' }, { imageTag: 'build-1', imageDigest: running.images[1]?.digest }],
    }),
  );
  expect(images?.map((image) => image.imageId)).toEqual([{ imageDigest: running.images[0]?.digest, imageTag: 'build-7' }]);
  expect(failures?.map((failure) => failure.failureCode)).toEqual([
    'ImageNotFound', 'MissingDigestAndTag', 'InvalidImageDigest', 'InvalidImageTag', 'ImageNotFound', 'ImageTagDoesNotMatchDigest',
  ]);
});

test('BatchGetImage converts a manifest found by tag to the accepted family, and one found by digest never', async () => {
  const acceptedMediaTypes = ['application/vnd.docker.distribution.manifest.v2+json'];
  const digest = running.images[0]?.digest;
  const { images } = await client().send(new BatchGetImageCommand({ repositoryName, acceptedMediaTypes, imageIds: [{ imageTag: 'build-1' }, { imageDigest: digest }] }));
  expect(images?.map((image) => [image.imageManifestMediaType, image.imageId?.imageDigest === digest])).toEqual([
    ['application/vnd.docker.distribution.manifest.v2+json', false],
    ['application/vnd.oci.image.manifest.v1+json', true],
  ]);
});

test('layers: availability by digest, and a link that leads to the bytes', async () => {
  const layer = running.images[0]?.layerDigests[0] ?? '';
  const { layers, failures } = await client().send(
    new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests: [layer, ZERO, 'nonsense', running.images[2]?.layerDigests[0] ?? ''] }),
  );
  expect(layers?.map((found) => found.layerAvailability)).toEqual(['AVAILABLE', 'UNAVAILABLE', 'ARCHIVED']);
  expect(failures?.map((failure) => failure.failureCode)).toEqual(['InvalidLayerDigest']);
  const { downloadUrl } = await client().send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: layer }));
  const bytes = Buffer.from(await (await fetch(downloadUrl ?? '')).arrayBuffer());
  expect(bytes.length).toBe(layers?.[0]?.layerSize);
});

test('the token names the registry and lives twelve hours', async () => {
  const twelveHoursFrom = (at: number) => at + 12 * 3_600_000;
  const askedAt = Date.now();
  const { authorizationData } = await client().send(new GetAuthorizationTokenCommand({}));
  const [user, password] = Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64').toString('utf8').split(':');
  expect(authorizationData?.[0]?.proxyEndpoint).toBe('https://123456789012.dkr.ecr.us-east-1.amazonaws.com');
  expect(user).toBe('AWS');
  const expiresAt = authorizationData?.[0]?.expiresAt?.getTime();
  // The SDK reads the seconds with their fraction; the last millisecond may be rounded away.
  expect(expiresAt).toBeGreaterThanOrEqual(twelveHoursFrom(askedAt) - 1);
  expect(expiresAt).toBeLessThanOrEqual(twelveHoursFrom(Date.now()) + 1);
  expect(password?.length).toBeGreaterThanOrEqual(2_400);
  expect(password?.length).toBeLessThan(3_000);
});

// Validation comes before authorisation, and authorisation before existence.
const tooMany = Array.from({ length: 101 }, () => ({ imageDigest: ZERO }));
const refused = (action: string, resource: string) =>
  `AccessDeniedException: User: arn:aws:iam::123456789012:user/scoped is not authorized to perform: ecr:${action} on resource: ${resource} because no identity-based policy allows the ecr:${action} action`;
test.each<readonly [string, () => Promise<unknown>, string]>([
  ['page size above the bound', () => client().send(new ListImagesCommand({ repositoryName, maxResults: 1_001 })), "InvalidParameterException: Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value less than or equal to 1000'"],
  ['page size below the bound', () => client().send(new DescribeRepositoriesCommand({ maxResults: 0 })), "InvalidParameterException: Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value greater than or equal to 1'"],
  ['names and a page size', () => client().send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName], maxResults: 5 })), "InvalidParameterException: Invalid parameter at 'repositoryNames' failed to satisfy constraint: 'nextToken and maxResults cannot be used when repositoryNames is specified'"],
  ['more than 100 ids', () => client().send(new BatchGetImageCommand({ repositoryName, imageIds: tooMany })), "InvalidParameterException: Invalid parameter at 'imageIds' failed to satisfy constraint: 'Member must have length less than or equal to 100'"],
  ['a bad name, for someone who may do nothing there', () => scoped().send(new ListImagesCommand({ repositoryName: 'Other' })), "InvalidParameterException: Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*''"],
  ['an absent repository out of scope', () => scoped().send(new ListImagesCommand({ repositoryName: 'other/absent' })), refused('ListImages', 'arn:aws:ecr:us-east-1:123456789012:repository/other/absent')],
  ['an absent repository in scope', () => scoped().send(new ListImagesCommand({ repositoryName: 'team/absent' })), "RepositoryNotFoundException: The repository with name 'team/absent' does not exist in the registry with id '123456789012'"],
  ['listing without wildcard permission', () => scoped().send(new DescribeRepositoriesCommand({})), refused('DescribeRepositories', 'arn:aws:ecr:us-east-1:123456789012:repository/*')],
  ['a token without permission on *', () => scoped().send(new GetAuthorizationTokenCommand({})), refused('GetAuthorizationToken', '*')],
  ['one name of two missing', () => client().send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName, 'team/none'] })), "RepositoryNotFoundException: The repository with name 'team/none' does not exist in the registry with id '123456789012'"],
  ['an image id missing', () => client().send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'none' }] })), "ImageNotFoundException: The image with imageId {imageDigest:'null', imageTag:'none'} does not exist within the repository with name 'team/app' in the registry with id '123456789012'"],
  ['a layer missing', () => client().send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: ZERO })), `LayersNotFoundException: Layers with digests '[${ZERO}]' were not found in the repository with name 'team/app' in the registry with id '123456789012'`],
  ['the registry of another account', () => client().send(new ListImagesCommand({ repositoryName, registryId: '111122223333' })), 'AccessDeniedException: User: arn:aws:iam::123456789012:user/reader is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-east-1:111122223333:repository/team/app because no resource-based policy allows the ecr:ListImages action'],
])('refuses %s', async (_title, call, expected) => {
  expect(await outcome(call())).toBe(expected);
});
