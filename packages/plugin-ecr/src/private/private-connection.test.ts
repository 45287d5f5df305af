import type { Digest } from '@esscm/oci-client';
import type { RegistryImage } from '@esscm/registry-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ecrPlugin } from '../ecr-plugin.js';
import { accountId, accountInput, closedOrigin, denied, FakeAccount, region } from '../testing/fake-account.js';
import { resolveEndpoints } from './endpoints.js';

const never = { signal: new AbortController().signal };
const digestOf = (digit: string): Digest => `sha256:${digit.repeat(64)}`;
const host = `${accountId}.dkr.ecr.${region}.amazonaws.com`;
const hourMs = 3_600_000;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('repositories', () => {
  test('come with their address and date', async () => {
    await using account = await FakeAccount.start(1);
    await using connection = account.connect();

    expect(await pagesOf(connection.listRepositories(never))).toEqual([
      [{ name: 'payments/app-0', uri: `${host}/payments/app-0`, createdAt: new Date(1767225600500) }],
    ]);
    expect(account.aws.calls[0]?.input).toEqual({ maxResults: 1000 });
  });

  test('an empty page with a token is not the end', async () => {
    await using account = await FakeAccount.start();
    account.aws.answer('DescribeRepositories', ({ nextToken }) => ({
      json:
        nextToken === undefined
          ? { repositories: [], nextToken: 'second' }
          : { repositories: [{ repositoryName: 'late', repositoryUri: `${host}/late` }] },
    }));
    await using connection = account.connect();

    expect((await pagesOf(connection.listRepositories(never))).flat().map(({ name }) => name)).toEqual(['late']);
  });

  test('a page that leads to itself is refused, not followed for ever', async () => {
    await using account = await FakeAccount.start();
    account.aws.answer('DescribeRepositories', { json: { repositories: [], nextToken: 'again' } });
    await using connection = account.connect();

    await expect(pagesOf(connection.listRepositories(never))).rejects.toMatchObject({ kind: 'protocol' });
    expect(account.aws.calls).toHaveLength(2);
  });

  test('of another account are asked for by its ID', async () => {
    await using account = await FakeAccount.start();
    await using connection = account.connect({ registryId: '1111-2222-3333' });

    await connection.listRepositories(never)[Symbol.asyncIterator]().next();

    expect(account.aws.calls[0]?.input).toEqual({ maxResults: 1000, registryId: '111122223333' });
  });
});

describe('images', () => {
  test('come with tags, size, dates, kind and status, archived ones too', async () => {
    await using account = await FakeAccount.start();
    const manifest = 'application/vnd.oci.image.manifest.v1+json';
    const helm = 'application/vnd.cncf.helm.config.v1+json';
    account.aws.answer('DescribeImages', {
      json: {
        imageDetails: [
          {
            imageDigest: digestOf('a'),
            imageTags: ['1.0', 'latest'],
            imageSizeInBytes: 1864,
            imagePushedAt: 1767225600.5,
            lastRecordedPullTime: 1767312000,
            imageManifestMediaType: manifest,
            artifactMediaType: 'application/vnd.oci.image.config.v1+json',
            imageStatus: 'ACTIVE',
          },
          { imageDigest: digestOf('b'), imageManifestMediaType: 'application/vnd.docker.distribution.manifest.list.v2+json' },
          { imageDigest: digestOf('c'), imageManifestMediaType: manifest, artifactMediaType: helm },
          { imageDigest: digestOf('d'), imageManifestMediaType: manifest, subjectManifestDigest: digestOf('a') },
          { imageDigest: digestOf('e'), imageManifestMediaType: manifest, imageStatus: 'ARCHIVED' },
          { imageDigest: digestOf('f'), imageManifestMediaType: 'application/vnd.docker.distribution.manifest.v1+prettyjws' },
          { imageDigest: digestOf('a') },
          { imageDigest: 'sha256:nonsense' },
        ],
      },
    });
    await using connection = account.connect();

    const images = (await pagesOf(connection.listImages('payments/app-0', never))).flat();

    expect(images).toEqual([
      {
        digest: digestOf('a'),
        tags: ['1.0', 'latest'],
        sizeBytes: 1864,
        pushedAt: new Date(1767225600500),
        lastPulledAt: new Date(1767312000000),
        mediaType: manifest,
        kind: 'image',
        status: 'active',
      },
      { digest: digestOf('b'), tags: [], mediaType: 'application/vnd.docker.distribution.manifest.list.v2+json', kind: 'index', status: 'active' },
      { digest: digestOf('c'), tags: [], mediaType: manifest, kind: 'artifact', artifactType: helm, status: 'active' },
      { digest: digestOf('d'), tags: [], mediaType: manifest, kind: 'artifact', status: 'active' },
      { digest: digestOf('e'), tags: [], mediaType: manifest, kind: 'image', status: 'archived' },
      { digest: digestOf('f'), tags: [], mediaType: 'application/vnd.docker.distribution.manifest.v1+prettyjws', kind: 'unknown', status: 'active' },
    ] satisfies RegistryImage[]);
    expect(account.aws.calls[0]?.input).toEqual({
      repositoryName: 'payments/app-0',
      maxResults: 1000,
      filter: { imageStatus: 'ANY' },
    });
  });

  test('without ecr:DescribeImages come by name, one for each digest though its tags are pages apart', async () => {
    await using account = await FakeAccount.start();
    account.aws.answer('DescribeImages', denied('ecr:DescribeImages'));
    account.aws.answer('ListImages', ({ nextToken }) => ({
      json:
        nextToken === undefined
          ? { imageIds: [{ imageDigest: digestOf('a'), imageTag: '1.0' }, { imageDigest: digestOf('b') }], nextToken: 'second' }
          : { imageIds: [{ imageDigest: digestOf('a'), imageTag: 'latest' }] },
    }));
    await using connection = account.connect();

    expect(await pagesOf(connection.listImages('payments/app-0', never))).toEqual([
      [
        { digest: digestOf('a'), tags: ['1.0', 'latest'], kind: 'unknown', status: 'active' },
        { digest: digestOf('b'), tags: [], kind: 'unknown', status: 'active' },
      ],
    ]);
  });

  test('without either permission the plainer one is asked for', async () => {
    await using account = await FakeAccount.start();
    account.aws.answer('DescribeImages', denied('ecr:DescribeImages'));
    account.aws.answer('ListImages', denied('ecr:ListImages'));
    await using connection = account.connect();

    await expect(pagesOf(connection.listImages('payments/app-0', never))).rejects.toMatchObject({
      kind: 'access-denied',
      message: 'user/esscm-ecr-read may not call ecr:ListImages.',
    });
  });
});

describe('the sign-in to the registry', () => {
  test('is the token as ECR gives it, for the host it names, at the origin the operator set', async () => {
    await using account = await FakeAccount.start();
    await using connection = account.connect();

    const access = await connection.pullAccess('payments/app-0', never);

    expect({ ...access, authentication: access.authentication.kind }).toEqual({
      host,
      connectTo: account.aws.origin,
      repository: 'payments/app-0',
      authentication: 'basic',
      expiresAt: new Date('2026-11-24T02:32:08Z'),
    });
    const revealed = access.authentication.kind === 'basic' ? access.authentication.encoded.reveal() : '';
    expect(Buffer.from(revealed, 'base64').toString()).toBe('AWS:password-1');
  });

  test('is renewed at half its life, once for all repositories', async () => {
    await using account = await FakeAccount.start();
    await using connection = account.connect();
    const requests = (): number => account.aws.callsOf('GetAuthorizationToken').length;

    await Promise.all(['a1', 'b1', 'c1'].map((repository) => connection.pullAccess(repository, never)));
    account.advanceClock(6 * hourMs - 1);
    await connection.pullAccess('a1', never);
    expect(requests()).toBe(1);

    account.advanceClock(1);
    await Promise.all(['a1', 'b1', 'c1'].map((repository) => connection.pullAccess(repository, never)));
    expect(requests()).toBe(2);
  });

  test('of a short life is renewed a quarter of an hour before its end', async () => {
    await using account = await FakeAccount.start();
    const ends = account.clock.now().getTime() + 20 * 60_000;
    account.aws.answer('GetAuthorizationToken', {
      json: { authorizationData: [{ authorizationToken: 'QVdTOng=', expiresAt: ends / 1000, proxyEndpoint: `https://${host}` }] },
    });
    await using connection = account.connect();

    await connection.pullAccess('a1', never);
    account.advanceClock(5 * 60_000 - 1);
    await connection.pullAccess('a1', never);
    expect(account.aws.calls).toHaveLength(1);

    account.advanceClock(1);
    await connection.pullAccess('a1', never);
    expect(account.aws.calls).toHaveLength(2);
  });

  test('a failed one is not remembered', async () => {
    await using account = await FakeAccount.start();
    await using connection = account.connect();
    account.aws.answer('GetAuthorizationToken', 'drop');
    await expect(connection.pullAccess('a1', never)).rejects.toMatchObject({ kind: 'unreachable' });

    account.aws.answer('GetAuthorizationToken', {
      json: { authorizationData: [{ authorizationToken: 'QVdTOng=', expiresAt: 1_900_000_000, proxyEndpoint: `https://${host}` }] },
    });
    expect((await connection.pullAccess('a1', never)).host).toBe(host);
  });

  test('serves the registry of another account under its own host', async () => {
    await using account = await FakeAccount.start();
    await using connection = account.connect({ registryId: '111122223333' });

    expect((await connection.pullAccess('a1', never)).host).toBe('111122223333.dkr.ecr.eu-central-1.amazonaws.com');
  });

  test.each([
    ['another site', 'https://registry.evil.example'],
    ['another region', `https://${accountId}.dkr.ecr.us-east-1.amazonaws.com`],
    ['no address', 'nonsense'],
  ])('for %s is never used', async (_what, proxyEndpoint) => {
    await using account = await FakeAccount.start();
    account.aws.answer('GetAuthorizationToken', {
      json: { authorizationData: [{ authorizationToken: 'QVdTOng=', expiresAt: 1_900_000_000, proxyEndpoint }] },
    });
    await using connection = account.connect();

    await expect(connection.pullAccess('a1', never)).rejects.toMatchObject({ kind: 'protocol' });
  });
});

describe('the environment of the machine', () => {
  test('answers for nothing: neither endpoint nor credentials nor switches of the SDK are taken from it', async () => {
    const elsewhere = await closedOrigin();
    vi.stubEnv('AWS_ENDPOINT_URL', elsewhere);
    vi.stubEnv('AWS_ENDPOINT_URL_ECR', elsewhere);
    vi.stubEnv('AWS_ENDPOINT_URL_STS', elsewhere);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOFTHEMACHINE0000');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-of-the-machine');
    vi.stubEnv('AWS_SESSION_TOKEN', 'token-of-the-machine');
    vi.stubEnv('AWS_REGION', 'us-west-2');
    vi.stubEnv('AWS_PROFILE', 'no-such-profile');
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    vi.stubEnv('AWS_USE_DUALSTACK_ENDPOINT', 'true');
    await using account = await FakeAccount.start();
    await using connection = account.connect();

    const report = await connection.verify(never);

    expect(report.status).toBe('verified');
    for (const { authorization } of account.aws.calls) {
      expect(authorization).toMatch(
        /^AWS4-HMAC-SHA256 Credential=AKIAWTN4Q7ZEXAMPLE3K\/\d{8}\/eu-central-1\/(?:ecr|sts)\/aws4_request, /,
      );
    }
  });

  test('a connection whose stored key is gone does not borrow another', async () => {
    await using account = await FakeAccount.start();
    const configuration = { ...ecrPlugin.configure(accountInput), secrets: {} };

    expect(() => ecrPlugin.connect(configuration, account.host)).toThrow(
      'The stored credentials are not complete. Enter them again.',
    );
  });
});

describe('operator settings', () => {
  test.each(['ecr.apiEndpoint', 'ecr.stsEndpoint', 'ecr.registryOrigin'])('%s has to be an address', async (name) => {
    await using account = await FakeAccount.start();
    const host = { ...account.host, operatorSettings: { [name]: 'ftp://elsewhere' } };

    expect(() => ecrPlugin.connect(ecrPlugin.configure(accountInput), host)).toThrow(
      `The operator setting ${name} is not an http or https address.`,
    );
  });

  test.each([
    ['eu-central-1', 'https://api.ecr.eu-central-1.amazonaws.com', 'https://sts.eu-central-1.amazonaws.com'],
    ['cn-north-1', 'https://api.ecr.cn-north-1.amazonaws.com.cn', 'https://sts.cn-north-1.amazonaws.com.cn'],
    ['eusc-de-east-1', 'https://api.ecr.eusc-de-east-1.amazonaws.eu', 'https://sts.eusc-de-east-1.amazonaws.eu'],
  ])('without any, %s is asked at its own endpoints', (of, api, sts) => {
    expect(resolveEndpoints(of, { hostNames: 'standard' }, {})).toEqual({ api, sts });
  });

  test('without any, images are pulled from the registry itself', async () => {
    await using account = await FakeAccount.start();
    const host = { clock: account.clock, operatorSettings: {}, privateNetworks: [] };
    await using connection = ecrPlugin.connect(ecrPlugin.configure({ variantId: 'public', values: {} }), host);

    expect(await connection.pullAccess('nginx/nginx', never)).toEqual({
      host: 'public.ecr.aws',
      authentication: { kind: 'anonymous' },
      manifestRate: { perSecond: 1, burst: 1 },
    });
  });
});

test('a closed connection answers nothing more', async () => {
  await using account = await FakeAccount.start();
  const connection = account.connect();
  await connection[Symbol.asyncDispose]();

  await expect(connection.pullAccess('a1', never)).rejects.toMatchObject({ kind: 'cancelled' });
  await expect(pagesOf(connection.listRepositories(never))).rejects.toMatchObject({ kind: 'cancelled' });
  expect(account.aws.calls).toEqual([]);
});

async function pagesOf<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  const read: Page[] = [];
  for await (const page of pages) read.push(page);
  return read;
}
