import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { expect, onTestFinished, test } from 'vitest';
import { loadSimulatorConfiguration } from './configuration.js';
import { buildSampleImages } from './sample/build-sample-images.js';
import { startEcrSimulator } from './start-ecr-simulator.js';

test('the configuration that docs/simulate-ecr.md shows is accepted and serves its repositories to its user', async () => {
  const page = await readFile(new URL('../../../docs/simulate-ecr.md', import.meta.url), 'utf8');
  const [, shown = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'ecr-simulator-documentation-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'simulator.json');
  await writeFile(file, shown);

  const configuration = await loadSimulatorConfiguration(file);
  // The page has skopeo fetch the images; any layout takes their place here.
  const [sample] = await buildSampleImages(join(folder, 'samples'));
  const withLayouts = configuration.repositories.map((repository) => ({
    ...repository,
    images: repository.images.map(({ reference: _reference, ...image }) => ({ ...image, layout: sample?.layout ?? '' })),
  }));
  await using simulator = await startEcrSimulator({ ...configuration, repositories: withLayouts, port: 0 });

  const [user] = configuration.users;
  const client = new ECRClient({
    endpoint: simulator.apiEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: user?.accessKeyId ?? '', secretAccessKey: user?.secretAccessKey ?? '' },
  });
  const { repositories = [] } = await client.send(new DescribeRepositoriesCommand({}));
  client.destroy();
  expect(new Set(repositories.map(({ repositoryName }) => repositoryName))).toEqual(new Set(['base/alpine', 'base/debian', 'payments/checkout-api']));
});
