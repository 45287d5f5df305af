import { registerRegistryPluginContract } from '@esscm/registry-core/contract';
import type { ContractFault, ContractSubject } from '@esscm/registry-core/contract';
import type { PullAccess } from '@esscm/registry-core';
import { describe, it } from 'vitest';
import { ecrPlugin } from './ecr-plugin.js';
import { accountInput, denied, FakeAccount, manifestDigest, roleInput, secretAccessKey, sessionSecret, sessionToken } from './testing/fake-account.js';
import type { FakeAnswer } from './testing/fake-aws.js';

const faults: Readonly<Record<ContractFault, FakeAnswer>> = {
  unauthorized: {
    status: 400,
    code: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  },
  denied: denied('ecr:DescribeImages'),
  'not-found': {
    status: 400,
    code: 'RepositoryNotFoundException',
    message: "The repository with name 'payments/app-0' does not exist in the registry with id '418273905562'",
  },
  throttled: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
  'server-error': { status: 500, code: 'ServerException', message: 'Internal failure' },
  'dropped-connection': 'drop',
};

registerRegistryPluginContract(
  { describe, it },
  {
    name: 'ecr, private',
    start: async ({ repositories }): Promise<ContractSubject> => {
      const account = await FakeAccount.start(repositories);
      return {
        ...subjectOf(account),
        variantId: 'private',
        input: accountInput,
        refusedValues: [
          { field: 'accessKeyId', value: 'AKIA too short' },
          { field: 'accessKeyId', value: `AKIAWTN4Q7Z\u00a0EXAMPLE` },
          { field: 'secretAccessKey', value: 'with a blank in the middle' },
          { field: 'sessionToken', value: 'with\na line break' },
          { field: 'region', value: 'us-east' },
          { field: 'region', value: 'us-east-1.evil.example/' },
          { field: 'registryId', value: '12345678901' },
          { field: 'moreRegions', value: 'us-east-1, nowhere' },
          { field: 'moreRegions', value: 'cn-north-1' },
          { field: 'hostNames', value: 'elsewhere' },
          { field: 'apiEndpoint', value: 'http://vpce-1.api.ecr.eu-central-1.vpce.amazonaws.com' },
          { field: 'apiEndpoint', value: 'https://user@vpce-1.vpce.amazonaws.com' },
          { field: 'stsEndpoint', value: 'https://10.0.0.1:8443' },
        ],
        operatorOnly: [{ variantId: 'private', credentialKindId: 'machine', values: { region: 'eu-central-1' } }],
        secrets: [secretAccessKey],
        pullable: { repository: 'payments/app-0', reference: '1.0', digest: manifestDigest },
        fail: (fault) => {
          account.aws.forgetAnswers();
          account.aws.answer('*', faults[fault]);
        },
      };
    },
  },
);

registerRegistryPluginContract(
  { describe, it },
  {
    name: 'ecr, private, by a role',
    start: async ({ repositories }): Promise<ContractSubject> => {
      const account = await FakeAccount.start(repositories);
      account.allowRole();
      return {
        ...subjectOf(account),
        variantId: 'private',
        input: roleInput,
        refusedValues: [
          { field: 'roleArn', value: 'arn:aws:iam::418273905562:user/esscm' },
          { field: 'roleArn', value: 'arn:aws-cn:iam::418273905562:role/esscm' },
          { field: 'externalId', value: 'chosen by me' },
          { field: 'secretAccessKey', value: 'with a blank in the middle' },
        ],
        operatorOnly: [{ variantId: 'private', credentialKindId: 'machine', values: { region: 'eu-central-1' } }],
        secrets: [secretAccessKey, sessionSecret, sessionToken],
        pullable: { repository: 'payments/app-0', reference: '1.0', digest: manifestDigest },
        fail: (fault) => {
          account.aws.forgetAnswers();
          account.aws.answer('*', faults[fault]);
          account.allowRole();
        },
      };
    },
  },
);

registerRegistryPluginContract(
  { describe, it },
  {
    name: 'ecr, public',
    start: async ({ repositories }): Promise<ContractSubject> => ({
      ...subjectOf(await FakeAccount.start(repositories)),
      variantId: 'public',
      input: { variantId: 'public', values: {} },
      refusedValues: [],
      secrets: [],
      pullable: { repository: 'nginx/nginx', reference: 'latest', digest: manifestDigest },
    }),
  },
);

type SharedSubject = Omit<ContractSubject, 'variantId' | 'input' | 'refusedValues' | 'secrets' | 'pullable' | 'fail'>;

function subjectOf(account: FakeAccount): SharedSubject {
  return {
    plugin: ecrPlugin,
    host: account.host,
    advanceClock: (byMs) => account.advanceClock(byMs),
    repositoryNames: account.repositoryNames,
    listRequests: () => account.aws.callsOf('DescribeRepositories').length,
    credentialRequests: () => account.aws.callsOf('GetAuthorizationToken').length,
    pullManifest,
    [Symbol.asyncDispose]: () => account[Symbol.asyncDispose](),
  };
}

async function pullManifest(access: PullAccess, repository: string, reference: string): Promise<Uint8Array> {
  const { authentication, connectTo = `https://${access.host}` } = access;
  const response = await fetch(`${connectTo}/v2/${repository}/manifests/${reference}`, {
    headers: authentication.kind === 'basic' ? { authorization: `Basic ${authentication.encoded.reveal()}` } : {},
  });
  if (!response.ok) throw new Error(`The registry answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
