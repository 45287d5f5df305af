import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchGetImageCommand, DescribeRepositoriesCommand, ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type WrittenImage, writeOciLayout } from './sample/write-oci-layout.js';
import { type EcrSimulator, startEcrSimulator } from './start-ecr-simulator.js';

let simulator: EcrSimulator;
let folder: string;
let written: WrittenImage;
const reader = { accessKeyId: 'AKIAEXAMPLEREADER000', secretAccessKey: 'example+secret/of+the+reader' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ecr-simulator-test-'));
  const at = new Date('2026-01-01T00:00:00Z');
  written = await writeOciLayout(join(folder, 'app'), {
    architecture: 'amd64',
    created: at,
    config: {},
    steps: [{ createdBy: 'COPY . /', created: at, entries: [{ path: 'etc/os-release', kind: 'file', content: Buffer.from('ID=debian\n') }] }],
  });
  simulator = await startEcrSimulator({
    users: [{ name: 'reader', ...reader, policies: [{ Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: '*' } }] }],
    repositories: [{ name: 'team/app', visibility: 'private', images: [{ layout: join(folder, 'app'), tags: ['1.0'] }] }],
  });
});

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

test('the AWS SDK signs, lists, fetches and obtains a token that opens the registry', async () => {
  using client = new EcrSdk(simulator.apiEndpoint);
  const { repositories } = await client.ecr.send(new DescribeRepositoriesCommand({}));
  expect(repositories?.map((repository) => repository.repositoryUri)).toEqual(['123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app']);

  const { images } = await client.ecr.send(new BatchGetImageCommand({ repositoryName: 'team/app', imageIds: [{ imageTag: '1.0' }] }));
  expect(images?.[0]?.imageId).toEqual({ imageDigest: written.digest, imageTag: '1.0' });

  const { authorizationData } = await client.ecr.send(new GetAuthorizationTokenCommand({}));
  const authorization = `Basic ${authorizationData?.[0]?.authorizationToken ?? ''}`;
  const layer = await fetch(`${simulator.registryOrigin}/v2/team/app/blobs/${written.layerDigests[0] ?? ''}`, { headers: { authorization } });
  expect([layer.status, new URL(layer.url).origin]).toEqual([200, simulator.blobOrigin]);
  expect(simulator.requests.map((request) => [request.operation, request.status, request.authorizationScheme])).toEqual([
    ['ecr:DescribeRepositories', 200, 'AWS4-HMAC-SHA256'],
    ['ecr:BatchGetImage', 200, 'AWS4-HMAC-SHA256'],
    ['ecr:GetAuthorizationToken', 200, 'AWS4-HMAC-SHA256'],
    ['registry:blob', 307, 'Basic'],
    ['blobs:get', 200, undefined],
  ]);
});

class EcrSdk implements Disposable {
  readonly ecr: ECRClient;

  constructor(endpoint: string) {
    this.ecr = new ECRClient({ endpoint, region: 'us-east-1', credentials: reader, maxAttempts: 1 });
  }

  [Symbol.dispose](): void {
    this.ecr.destroy();
  }
}
