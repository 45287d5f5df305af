import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BatchGetImageCommand, DescribeImagesCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../content/stored-manifest.js';
import { type SampleRegistry, startSampleRegistry } from './start-sample-registry.js';

let folder: string;
let registry: SampleRegistry;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ecr-simulator-sample-'));
  registry = await startSampleRegistry({ folder, seed: 'a seed' });
});

afterAll(async () => {
  await registry.close();
  await rm(folder, { recursive: true });
});

const DATA = new URL('../../sample-images/', import.meta.url);

// A change of these digests is a change of what users see. Update them knowingly.
test('the images, with the digests they have everywhere', () => {
  expect(registry.images.map((image) => [image.reference, image.projectName, image.projectVersion, image.digest])).toEqual([
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com/sample/checkout-api:2.14.2', 'Checkout API', '2.14.2', 'sha256:f10906e93523d3253e55ae9ef61e807bf7cd1459c251552caf18880dcdfd8272'],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com/sample/checkout-api:2.14.3', 'Checkout API', '2.14.3', 'sha256:3453386dbdd8b559036db21f45ae455db10057d768ab5d0283e30be017c09f80'],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com/sample/reports:2026.3', 'Reports', '2026.3', 'sha256:e2793549bc17cfca12a872a2bc698ff996b300386b36187f5586eff5088075fe'],
    ['public.ecr.aws/sample/base-debian:12', 'Debian base', '12', 'sha256:be3e32d7fa9da56c56d2956ed4728afab141d8d2f8447b0bd7d54184e3f7676a'],
  ]);
});

test('every layer is gzip whose content has the digest that the configuration names', async () => {
  const layout = join(folder, 'private', 'sample', 'checkout-api', '2.14.3');
  const blob = (digest: string) => readFile(join(layout, 'blobs', 'sha256', digest.slice('sha256:'.length)));
  const manifest: { config: { digest: string }; layers: { digest: string; size: number }[] } = JSON.parse(
    (await blob(registry.images[1]?.digest ?? '')).toString('utf8'),
  );
  const config: { rootfs: { diff_ids: string[] }; history: { empty_layer?: boolean }[] } = JSON.parse((await blob(manifest.config.digest)).toString('utf8'));
  const contents = await Promise.all(manifest.layers.map(async (layer) => gunzipSync(await blob(layer.digest))));
  expect(contents.map(digestOf)).toEqual(config.rootfs.diff_ids);
  expect(config.history.filter((step) => step.empty_layer !== true).length).toBe(manifest.layers.length);
});

test('the two versions of the service share their base layers', async () => {
  const layers = await Promise.all(
    registry.images.slice(0, 2).map(async ({ digest, projectVersion }) => {
      const path = join(folder, 'private', 'sample', 'checkout-api', projectVersion, 'blobs', 'sha256', digest.slice('sha256:'.length));
      const manifest: { layers: { digest: string }[] } = JSON.parse(await readFile(path, 'utf8'));
      return manifest.layers.map((layer) => layer.digest);
    }),
  );
  expect(layers[0]?.filter((digest) => layers[1]?.includes(digest) === true)).toEqual(layers[0]?.slice(0, 3));
});

test('its user may browse and pull, and no more', async () => {
  const { region, ...credentials } = registry.credentials;
  const client = new ECRClient({ endpoint: registry.apiEndpoint, region, credentials });
  const { repositories } = await client.send(new DescribeRepositoriesCommand({}));
  expect(repositories?.map((repository) => repository.repositoryName).toSorted()).toEqual(['sample/checkout-api', 'sample/reports']);
  const { imageDetails } = await client.send(new DescribeImagesCommand({ repositoryName: 'sample/checkout-api', imageIds: [{ imageTag: '2.14.3' }] }));
  expect(imageDetails?.map((image) => [image.imageTags, image.imagePushedAt])).toEqual([[['2.14.3'], new Date('2026-03-19T15:41:37Z')]]);
  const { images } = await client.send(new BatchGetImageCommand({ repositoryName: 'sample/reports', imageIds: [{ imageTag: 'latest' }] }));
  expect(images?.map((image) => image.imageId?.imageDigest)).toEqual([registry.images[2]?.digest]);
  client.destroy();
});

test('the same seed gives the same credentials, another seed others', async () => {
  await using again = await startSampleRegistry({ folder, seed: 'a seed' });
  await using other = await startSampleRegistry({ folder, seed: 'another seed' });
  expect(again.credentials).toEqual(registry.credentials);
  expect(other.credentials.accessKeyId).not.toBe(registry.credentials.accessKeyId);
  expect(registry.credentials.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
});

test('the data is small text', async () => {
  const names = await readdir(DATA);
  const sizes = await Promise.all(names.map(async (name) => (await stat(new URL(name, DATA))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
  expect(names.filter((name) => !/\.(?:json|txt|md)$|^NOTICE$/.test(name))).toEqual([]);
});
