import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeImagesCommand, DescribeRepositoriesCommand, ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { expect, onTestFinished, test } from 'vitest';
import { loadSimulatorConfiguration } from './configuration.js';
import { digestOf } from './content/stored-manifest.js';
import { buildSampleImages } from './sample/build-sample-images.js';
import { type WrittenImage, writeOciLayout } from './sample/write-oci-layout.js';
import { startEcrSimulator } from './start-ecr-simulator.js';
import { rawRequest } from './testing/test-simulator.js';

/** The first JSON block of a page, in a file of its own that is gone after the test. */
async function writeShownConfiguration(page: string): Promise<{ readonly folder: string; readonly file: string }> {
  const text = await readFile(new URL(page, import.meta.url), 'utf8');
  const [, shown = ''] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'ecr-simulator-documentation-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'simulator.json');
  await writeFile(file, shown);
  return { folder, file };
}

test('the configuration that docs/simulate-ecr.md shows is accepted and serves its repositories to its user', async () => {
  const { folder, file } = await writeShownConfiguration('../../../docs/simulate-ecr.md');

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

test('the configuration that the README shows starts: its images are listed and pulled by who may, and by nobody else', async () => {
  const { folder, file } = await writeShownConfiguration('../README.md');
  const built = new Map<string, WrittenImage>();
  for (const name of ['checkout-1.0', 'checkout-1.1', 'alpine']) {
    const content = Buffer.from(name);
    const created = new Date('2026-01-01T00:00:00Z');
    const steps = [{ createdBy: 'COPY', created, entries: [{ path: 'etc/name', kind: 'file' as const, content }] }];
    built.set(name, await writeOciLayout(join(folder, 'images', name), { architecture: 'amd64', created, config: {}, steps }));
  }
  const configuration = await loadSimulatorConfiguration(file);
  expect(configuration.port).toBe(5100);
  await using simulator = await startEcrSimulator({ ...configuration, port: 0 });

  const [reader, outsider] = configuration.users.map(({ accessKeyId, secretAccessKey }) => {
    const client = new ECRClient({ endpoint: simulator.apiEndpoint, region: 'eu-central-1', credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });
    onTestFinished(() => client.destroy());
    return client;
  });
  const describe = new DescribeImagesCommand({ repositoryName: 'payments/checkout-api' });
  const { imageDetails = [] } = await reader!.send(describe);
  expect(new Map(imageDetails.map(({ imageDigest, imageTags = [] }) => [imageDigest, imageTags.toSorted()]))).toEqual(
    new Map([
      [built.get('checkout-1.0')?.digest, ['1.0']],
      [built.get('checkout-1.1')?.digest, ['1.1', 'latest']],
    ]),
  );
  await expect(outsider!.send(describe)).rejects.toMatchObject({ name: 'AccessDeniedException' });

  const token = async (client: ECRClient) => (await client.send(new GetAuthorizationTokenCommand({}))).authorizationData?.[0]?.authorizationToken ?? '';
  const anonymous = async () => (JSON.parse((await rawRequest(new URL('/token/?service=public.ecr.aws&scope=aws', simulator.publicOrigin))).body) as { readonly token: string }).token;
  const pull = async (host: string, image: string, authorization: string) => {
    const { status, body } = await rawRequest(new URL(`/v2/${image}`, simulator.registryOrigin), { headers: { host, authorization } });
    return status === 200 ? digestOf(Buffer.from(body)) : status;
  };
  const checkout = 'payments/checkout-api/manifests/latest';
  expect(await pull(simulator.registryHost, checkout, `Basic ${await token(reader!)}`)).toBe(built.get('checkout-1.1')?.digest);
  expect(await pull(simulator.registryHost, checkout, `Basic ${await token(outsider!)}`)).toBe(403);
  expect(await pull('public.ecr.aws', 'example/alpine/manifests/3.20', `Bearer ${await anonymous()}`)).toBe(built.get('alpine')?.digest);
});
