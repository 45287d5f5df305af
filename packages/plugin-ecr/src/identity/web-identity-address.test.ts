import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { ecrPlugin } from '../ecr-plugin.js';
import { accountId, FakeAccount, region } from '../testing/fake-account.js';

/** Where the calls of STS went. The SDK is stood in for, as the addresses are those of AWS. */
const asked = vi.hoisted((): (readonly [operation: string, endpoint: string])[] => []);

vi.mock('@aws-sdk/client-sts', () => {
  const answer = { Credentials: { AccessKeyId: 'ASIAEXAMPLEEXAMPLE00', SecretAccessKey: 'secret', SessionToken: 'session', Expiration: new Date('2126-01-01T00:00:00Z') } };
  class STS {
    readonly #endpoint: string;
    readonly #credentials: () => Promise<unknown>;

    constructor({ endpoint, credentials }: { readonly endpoint: string; readonly credentials: () => Promise<unknown> }) {
      this.#endpoint = endpoint;
      this.#credentials = credentials;
    }

    async assumeRoleWithWebIdentity() {
      asked.push(['AssumeRoleWithWebIdentity', this.#endpoint]);
      return answer;
    }

    async assumeRole() {
      await this.#credentials();
      asked.push(['AssumeRole', this.#endpoint]);
      return answer;
    }

    destroy(): void {}
  }
  return { STS };
});

afterEach(() => {
  vi.unstubAllEnvs();
  asked.length = 0;
});

const stsEndpoint = 'https://vpce-0123-abcd.sts.eu-central-1.vpce.amazonaws.com';
const ofAws = `https://sts.${region}.amazonaws.com`;
const ofTheOperator = 'https://sts.internal.example';
const machine = { credentialKindId: 'machine', values: {} };
const role = {
  credentialKindId: 'role',
  values: { assumedBy: 'machine', roleArn: `arn:aws:iam::${accountId}:role/reader`, externalId: 'esscm-0123456789abcdef0123456789abcdef' },
};

test.each([
  ['the machine itself', machine, {}, [['AssumeRoleWithWebIdentity', ofAws]]],
  ['a role', role, {}, [['AssumeRoleWithWebIdentity', ofAws], ['AssumeRole', stsEndpoint]]],
  ['a role, with an address of the operator', role, { 'ecr.stsEndpoint': ofTheOperator }, [['AssumeRoleWithWebIdentity', ofTheOperator], ['AssumeRole', ofTheOperator]]],
])('the web identity token goes to no address of the connection: %s', async (_, { credentialKindId, values }, settings, expected) => {
  await using account = await FakeAccount.start();
  const folder = await mkdtemp(join(tmpdir(), 'web-identity-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'token'), 'web.identity.token');
  vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', join(folder, 'token'));
  vi.stubEnv('AWS_ROLE_ARN', `arn:aws:iam::${accountId}:role/pod`);
  const configuration = ecrPlugin.configure({ variantId: 'private', credentialKindId, values: { ...values, region, stsEndpoint } });
  const operatorSettings = { 'ecr.apiEndpoint': account.aws.origin, 'ecr.machineIdentity': 'web-identity', 'ecr.customEndpoints': '.vpce.amazonaws.com', ...settings };
  await using connection = ecrPlugin.connect(configuration, { ...account.host, operatorSettings });

  await connection.pullAccess('payments/app-0', { signal: new AbortController().signal });

  expect(asked).toEqual(expected);
});
