import { describe, expect, test } from 'vitest';
import { ecrPlugin } from '../ecr-plugin.js';
import { accountId, accountInput, denied, FakeAccount, region } from '../testing/fake-account.js';

const never = { signal: new AbortController().signal };
const other = '111122223333';
const hostOf = (account: string, of: string): string => `${account}.dkr.ecr.${of}.amazonaws.com`;

/** The registries of two accounts in two regions, each with one repository of the same path. */
async function startFour(): Promise<FakeAccount> {
  const account = await FakeAccount.start();
  account.aws.answer('DescribeRepositories', (input, authorization) => {
    const repositoryName = 'payments/app-0';
    return { json: { repositories: [{ repositoryName, repositoryUri: `${hostOf(String(input['registryId']), regionOf(authorization))}/${repositoryName}` }] } };
  });
  account.aws.answer('GetAuthorizationToken', (_input, authorization) => ({
    json: {
      authorizationData: [
        {
          authorizationToken: Buffer.from(`AWS:password-of-${regionOf(authorization)}`).toString('base64'),
          expiresAt: account.clock.now().getTime() / 1000 + 12 * 3600,
          proxyEndpoint: `https://${hostOf(accountId, regionOf(authorization))}`,
        },
      ],
    },
  }));
  return account;
}

const four = { moreRegions: 'us-east-1', registryId: `${accountId}, ${other}` };

describe('a connection for two accounts in two regions', () => {
  test('lists each repository by host and path, as the same path may be in all of them', async () => {
    await using account = await startFour();
    await using connection = account.connect(four);

    const names = (await Array.fromAsync(connection.listRepositories(never))).flat().map(({ name, uri }) => [name, uri]);

    const expected = [region, 'us-east-1'].flatMap((of) => [accountId, other].map((id) => `${hostOf(id, of)}/payments/app-0`));
    expect(names).toEqual(expected.map((uri) => [uri, uri]));
  });

  test('lists the images of the registry a name is of', async () => {
    await using account = await startFour();
    await using connection = account.connect(four);

    await Array.fromAsync(connection.listImages(`${hostOf(other, 'us-east-1')}/payments/app-0`, never));

    const [call] = account.aws.callsOf('DescribeImages');
    expect([call?.input['registryId'], call?.input['repositoryName'], regionOf(call?.authorization)]).toEqual([other, 'payments/app-0', 'us-east-1']);
  });

  test('pulls from the host of the reference, with the sign-in of its region', async () => {
    await using account = await startFour();
    await using connection = account.connect(four);

    const access = await connection.pullAccess('payments/app-0', { ...never, registryHost: hostOf(other, 'us-east-1') });

    const { authentication } = access;
    expect([access.host, authentication.kind === 'basic' && atob(authentication.encoded.reveal())]).toEqual([hostOf(other, 'us-east-1'), 'AWS:password-of-us-east-1']);
  });

  test.each([hostOf('999988887777', region), hostOf(accountId, 'ap-south-1'), 'public.ecr.aws', `${accountId}.dkr.ecr.${region}.amazonaws.com.evil.example`])(
    'does not pull from %s',
    async (registryHost) => {
      await using account = await startFour();
      await using connection = account.connect(four);

      await expect(connection.pullAccess('payments/app-0', { ...never, registryHost })).rejects.toMatchObject({ kind: 'not-found' });
      expect(account.aws.callsOf('GetAuthorizationToken')).toEqual([]);
    },
  );

  test('is verified registry by registry, each row saying which', async () => {
    await using account = await startFour();
    await using connection = account.connect(four);
    const told: (string | undefined)[] = [];

    const report = await connection.verify({ ...never, onCheck: ({ registry }) => told.push(registry) });

    expect([report.status, report.account, report.region, report.checks.length, told.length]).toEqual(['verified', `${accountId}, ${other}`, `${region}, us-east-1`, 32, 32]);
    expect([...new Set(report.checks.map(({ registry }) => registry))]).toEqual([
      `4182-7390-5562 in ${region}`,
      `1111-2222-3333 in ${region}`,
      '4182-7390-5562 in us-east-1',
      '1111-2222-3333 in us-east-1',
    ]);
  });

  test('is limited when one of them refuses: one cause, and one policy for what is missing', async () => {
    await using account = await startFour();
    account.aws.answer('BatchGetImage', (input, authorization) =>
      input['registryId'] === other && regionOf(authorization) === 'us-east-1' ? denied('ecr:BatchGetImage') : { json: { images: [], failures: [{ failureCode: 'ImageNotFound' }] } },
    );
    await using connection = account.connect(four);

    const report = await connection.verify(never);

    expect([report.status, report.problems.map(({ actions }) => actions)]).toEqual(['limited', [['ecr:BatchGetImage']]]);
    expect(JSON.parse(report.missingPolicy ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['ecr:BatchGetImage'], Resource: `arn:aws:ecr:us-east-1:${other}:repository/*` }],
    });
  });
});

describe('host names', () => {
  test.each([
    ['fips', `${accountId}.dkr.ecr-fips.us-east-1.amazonaws.com`],
    ['dual-stack', `${accountId}.dkr-ecr.us-east-1.on.aws`],
    ['fips-dual-stack', `${accountId}.dkr-ecr-fips.us-east-1.on.aws`],
  ])('%s are pulled from, whatever the reference is written with', async (hostNames, host) => {
    await using account = await startFour();
    await using connection = account.connect({ region: 'us-east-1', hostNames });

    expect((await connection.pullAccess('payments/app-0', { ...never, registryHost: hostOf(accountId, 'us-east-1') })).host).toBe(host);
  });

  test('of a reference are kept where the connection says nothing else', async () => {
    await using account = await startFour();
    await using connection = account.connect({ region: 'us-east-1' });
    const registryHost = `${accountId}.dkr.ecr-fips.us-east-1.amazonaws.com`;

    expect((await connection.pullAccess('payments/app-0', { ...never, registryHost })).host).toBe(registryHost);
  });
});

describe('an endpoint of the connection', () => {
  const apiEndpoint = 'https://vpce-0123-abcd.api.ecr.eu-central-1.vpce.amazonaws.com';
  const configuration = ecrPlugin.configure({ ...accountInput, values: { ...accountInput.values, apiEndpoint } });
  const connect = (customEndpoints: string) =>
    ecrPlugin.connect(configuration, { clock: { now: () => new Date() }, operatorSettings: { 'ecr.customEndpoints': customEndpoints }, privateNetworks: [] });

  test.each(['', '.example.org', 'vpce.amazonaws.com', '.amazonaws.com.evil.example'])('is refused where the operator lists %j', (listed) => {
    expect(() => connect(listed)).toThrow('The operator of this server does not allow connections to vpce-0123-abcd.api.ecr.eu-central-1.vpce.amazonaws.com.');
  });

  test.each(['.vpce.amazonaws.com', 'other.example, VPCE-0123-abcd.api.ecr.eu-central-1.vpce.amazonaws.com'])('is used where the operator lists %j', async (listed) => {
    await using connection = connect(listed);
    expect(connection).toBeDefined();
  });
});

/** The region a request was signed for. */
function regionOf(authorization: string | undefined): string {
  return authorization?.split('/')[2] ?? '';
}
