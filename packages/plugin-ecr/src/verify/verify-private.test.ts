import { ecrPlugin } from '../ecr-plugin.js';
import type { VerificationReport } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { accountId, accountInput, closedOrigin, denied, FakeAccount, region, userArn } from '../testing/fake-account.js';

const never = new AbortController().signal;
const fakeName = 'permission-probe/does-not-exist';

const ecrOperations = [
  'GetAuthorizationToken',
  'DescribeRepositories',
  'ListImages',
  'DescribeImages',
  'BatchGetImage',
  'BatchCheckLayerAvailability',
  'GetDownloadUrlForLayer',
].map((operation) => ({ operation, action: `ecr:${operation}` }));

const unknownKey = {
  status: 403,
  code: 'InvalidClientTokenId',
  message: 'The security token included in the request is invalid.',
};
const missingLayer = { status: 400, code: 'LayersNotFoundException', message: 'no such layer' };
const missingRepository = {
  status: 400,
  code: 'RepositoryNotFoundException',
  message: `The repository with name 'payments/chekout-api' does not exist in the registry with id '${accountId}'`,
};

describe('everything allowed', () => {
  test('is verified: who, where, and eight rows in order, told as they finish', async () => {
    await using account = await FakeAccount.start();
    await using connection = account.connect();
    const told: string[] = [];

    const report = await connection.verify({ signal: never, onCheck: (check) => told.push(check.action) });

    const row = (action: string, triedOn: string, required = false): object => ({
      action,
      required,
      outcome: 'allowed',
      triedOn,
      durationMs: 0,
    });
    expect(report).toEqual({
      status: 'verified',
      principal: userArn,
      account: accountId,
      region,
      checkedAt: '2026-11-23T14:32:08.000Z',
      checks: [
        row('sts:GetCallerIdentity', 'sts.eu-central-1'),
        row('ecr:GetAuthorizationToken', `registry ${accountId}`, true),
        row('ecr:DescribeRepositories', 'repository/*'),
        row('ecr:ListImages', 'payments/app-0'),
        row('ecr:DescribeImages', 'payments/app-0'),
        row('ecr:BatchGetImage', 'payments/app-0', true),
        row('ecr:BatchCheckLayerAvailability', 'payments/app-0'),
        row('ecr:GetDownloadUrlForLayer', 'payments/app-0', true),
      ],
      problems: [],
    });
    expect(told[0]).toBe('sts:GetCallerIdentity');
    expect(told).toHaveLength(8);
  });

  test('asks in shapes that change nothing', async () => {
    await using account = await FakeAccount.start();
    await using connection = account.connect({ registryId: '111122223333' });

    await connection.verify({ signal: never });

    const zeros = `sha256:${'0'.repeat(64)}`;
    const target = { registryId: '111122223333', repositoryName: 'payments/app-0' };
    expect(Object.fromEntries(account.aws.calls.map(({ operation, input }) => [operation, input]))).toEqual({
      BatchCheckLayerAvailability: { ...target, layerDigests: [zeros] },
      BatchGetImage: { ...target, imageIds: [{ imageDigest: zeros }] },
      DescribeImages: { ...target, maxResults: 1 },
      DescribeRepositories: { registryId: '111122223333', maxResults: 1 },
      GetAuthorizationToken: {},
      GetCallerIdentity: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      GetDownloadUrlForLayer: { ...target, layerDigest: zeros },
      ListImages: { ...target, maxResults: 1 },
    });
    expect(account.aws.calls).toHaveLength(8);
  });

  test('an empty registry is tried on a name that does not exist, which proves as much', async () => {
    await using account = await FakeAccount.start(0);
    for (const operation of ['ListImages', 'DescribeImages', 'BatchGetImage', 'BatchCheckLayerAvailability']) {
      account.aws.answer(operation, missingRepository);
    }
    account.aws.answer('GetDownloadUrlForLayer', missingLayer);
    await using connection = account.connect();

    const report = await connection.verify({ signal: never });

    expect([report.status, report.problems]).toEqual(['verified', []]);
    expect(account.aws.callsOf('ListImages')[0]?.input['repositoryName']).toBe(fakeName);
  });
});

describe('credentials', () => {
  test('a key AWS does not know ends the trial at the first row', async () => {
    await using account = await FakeAccount.start();
    account.aws.answer('GetCallerIdentity', unknownKey);
    await using connection = account.connect();

    const report = await connection.verify({ signal: never });

    expect(outcomes(report)).toEqual(['not-proven', ...Array.from({ length: 7 }, () => 'not-tried')]);
    expect(report.status).toBe('failed');
    expect(report.problems).toEqual([
      {
        heading: 'Credentials verification failed',
        message: 'AWS does not recognise access key AKIA…3K in eu-central-1.',
        remedy: 'Check that the key is active and copied whole, and that this region is enabled for the account.',
        actions: ['sts:GetCallerIdentity'],
        upstreamCode: 'InvalidClientTokenId',
        upstreamMessage: 'The security token included in the request is invalid.',
        upstreamStatus: 403,
        requestId: 'request-1',
      },
    ]);
    expect(account.aws.calls).toHaveLength(1);
  });

  test('a way to STS that is closed is passed over; the account is read from the sign-in', async () => {
    await using account = await FakeAccount.start();
    const { host } = account;
    const operatorSettings = { ...host.operatorSettings, 'ecr.stsEndpoint': await closedOrigin() };
    await using connection = ecrPlugin.connect(ecrPlugin.configure(accountInput), { ...host, operatorSettings });

    const report = await connection.verify({ signal: never });

    expect(report).toMatchObject({ status: 'verified', account: accountId, problems: [] });
    expect(report.principal).toBeUndefined();
    expect(outcomes(report)).toEqual(['unreachable', ...Array.from({ length: 7 }, () => 'allowed')]);
  });

  test('with every way closed there is one problem', async () => {
    await using account = await FakeAccount.start();
    const closed = await closedOrigin();
    const operatorSettings = { 'ecr.stsEndpoint': closed, 'ecr.apiEndpoint': closed };
    await using connection = ecrPlugin.connect(ecrPlugin.configure(accountInput), { ...account.host, operatorSettings });

    const report = await connection.verify({ signal: never });

    expect(report.status).toBe('failed');
    expect(report.problems.map(({ message, actions }) => ({ message, actions }))).toEqual([
      {
        message: `Cannot reach AWS: ${new URL(closed).host} refused the connection.`,
        actions: ['sts:GetCallerIdentity', 'ecr:GetAuthorizationToken', 'ecr:DescribeRepositories'],
      },
    ]);
  });
});

test('an endpoint that is not ECR fails, whatever it answers', async () => {
  await using account = await FakeAccount.start();
  for (const { operation } of ecrOperations) account.aws.answer(operation, { status: 200, page: '<html>Sign in</html>' });
  await using connection = account.connect();

  const report = await connection.verify({ signal: never });

  expect(outcomes(report)).toEqual([
    'allowed',
    'not-proven',
    'not-proven',
    ...Array.from({ length: 5 }, () => 'not-tried'),
  ]);
  expect([report.status, report.problems.map(({ message }) => message)]).toEqual([
    'failed',
    [`${new URL(account.aws.origin).host} answered with a web page, not with ECR.`],
  ]);
});

describe('permissions', () => {
  test('those missing for one reason are one problem with one statement to add', async () => {
    await using account = await FakeAccount.start();
    account.aws.answer('ListImages', denied('ecr:ListImages'));
    account.aws.answer('DescribeImages', denied('ecr:DescribeImages'));
    await using connection = account.connect();

    const report = await connection.verify({ signal: never });

    expect(report.status).toBe('limited');
    expect(report.problems.map(({ heading, message, remedy, remedySnippet }) => [heading, message, remedy, JSON.parse(remedySnippet ?? '')])).toEqual([
      [
        'Access denied',
        'user/esscm-ecr-read may not call ecr:ListImages and ecr:DescribeImages.',
        'Add this statement to its policy.',
        { Effect: 'Allow', Action: ['ecr:ListImages', 'ecr:DescribeImages'], Resource: '*' },
      ],
    ]);
    expect(report.checks[3]).toMatchObject({ outcome: 'denied-implicit', deniedBy: 'identity-policy', triedOn: 'payments/app-0' });
  });

  test('what scanning needs comes before what browsing needs', async () => {
    await using account = await FakeAccount.start();
    account.aws.answer('ListImages', denied('ecr:ListImages'));
    account.aws.answer(
      'GetDownloadUrlForLayer',
      denied('ecr:GetDownloadUrlForLayer', 'with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-8xk2f0qe'),
    );
    await using connection = account.connect();

    const report = await connection.verify({ signal: never });

    expect(report.status).toBe('failed');
    expect(report.problems.map(({ actions }) => actions)).toEqual([['ecr:GetDownloadUrlForLayer'], ['ecr:ListImages']]);
    expect(report.problems[0]?.remedy).toBe(
      'Send this to whoever manages p-8xk2f0qe in the management account: it exempts only this user.',
    );
    expect(report.checks[7]).toMatchObject({ outcome: 'denied-explicit', deniedBy: 'service-control-policy' });
  });

  test('a credential that may not list is asked for a repository, and tried on the one named', async () => {
    await using account = await FakeAccount.start();
    account.aws.answer('DescribeRepositories', denied('ecr:DescribeRepositories'));
    account.aws.answer('BatchGetImage', ({ repositoryName }) =>
      repositoryName === 'team-a/api' ? { json: { images: [], failures: [] } } : denied('ecr:BatchGetImage'),
    );
    await using connection = account.connect();

    const unnamed = await connection.verify({ signal: never });
    const named = await connection.verify({ signal: never, probeRepository: 'team-a/api' });

    expect(unnamed.checks[5]).toMatchObject({ outcome: 'not-proven', triedOn: fakeName });
    expect(unnamed.problems.map(({ message, remedy }) => [message, remedy])).toEqual([
      ['user/esscm-ecr-read may not call ecr:DescribeRepositories.', 'Add this statement to its policy.'],
      [
        'Without a repository to try them on, ecr:BatchGetImage could not be proven.',
        'Name a repository and verify again. A permission may be limited to certain repositories.',
      ],
    ]);
    expect(named.checks[5]).toMatchObject({ outcome: 'allowed', triedOn: 'team-a/api' });
    expect([unnamed.status, named.status]).toEqual(['limited', 'limited']);
  });

  test('a credential with no policy at all gets the whole policy to add, once', async () => {
    await using account = await FakeAccount.start();
    for (const { operation, action } of ecrOperations) account.aws.answer(operation, denied(action));
    await using connection = account.connect();

    const report = await connection.verify({ signal: never });

    expect(outcomes(report)).toEqual([
      'allowed',
      'denied-implicit',
      'denied-implicit',
      ...Array.from({ length: 5 }, () => 'not-proven'),
    ]);
    expect(report.problems.map(({ remedySnippet }) => JSON.parse(remedySnippet ?? ''))).toEqual([
      { Effect: 'Allow', Action: ecrOperations.map(({ action }) => action), Resource: '*' },
    ]);
  });

  test('a named repository that is not there is a problem, though the permissions are proven', async () => {
    await using account = await FakeAccount.start();
    account.aws.answer('ListImages', missingRepository);
    account.aws.answer('BatchGetImage', missingRepository);
    account.aws.answer('DescribeRepositories', {
      json: { repositories: [{ repositoryName: 'payments/api' }, { repositoryName: 'payments/checkout-api' }] },
    });
    await using connection = account.connect();

    const report = await connection.verify({ signal: never, probeRepository: 'payments/chekout-api' });

    expect(report.problems.map(({ heading, message, remedy, actions }) => [heading, message, remedy, actions])).toEqual([
      [
        'Repository not found',
        'There is no repository payments/chekout-api in account 4182-7390-5562, region eu-central-1.',
        'Nearest name: payments/checkout-api. Check the region first.',
        ['ecr:ListImages', 'ecr:BatchGetImage'],
      ],
    ]);
  });

  test('throttling proves nothing against a permission', async () => {
    await using account = await FakeAccount.start();
    account.aws.answer('BatchGetImage', { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' });
    await using connection = account.connect();

    const report = await connection.verify({ signal: never });

    expect([report.status, report.checks[5]?.outcome, report.problems[0]?.heading]).toEqual([
      'limited',
      'throttled',
      'AWS is limiting requests',
    ]);
  });
});

test('a reader who gives up gets no report', async () => {
  await using account = await FakeAccount.start();
  await using connection = account.connect();

  await expect(connection.verify({ signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'cancelled' });
  expect(account.aws.calls).toEqual([]);
});

test('public images are verified without a question to anyone', async () => {
  await using account = await FakeAccount.start();
  await using connection = ecrPlugin.connect(ecrPlugin.configure({ variantId: 'public', values: {} }), account.host);

  expect(await connection.verify({ signal: never })).toEqual({
    status: 'verified',
    checkedAt: '2026-11-23T14:32:08.000Z',
    checks: [],
    problems: [],
  });
});

function outcomes(report: VerificationReport): readonly string[] {
  return report.checks.map((check) => check.outcome);
}
