import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSampleImages, type SampleImage } from './sample/build-sample-images.js';
import { type EcrSimulator, startEcrSimulator } from './start-ecr-simulator.js';

const run = promisify(execFile);
const credentials = { accessKeyId: 'AKIAEXAMPLEPUSHER000', secretAccessKey: 'secret of the pusher' };

let simulator: EcrSimulator;
let folder: string;
let samples: readonly SampleImage[];
let password: string;

const skopeo = (...parameters: readonly string[]) => run('skopeo', ['--insecure-policy', ...parameters]);
const registry = () => new URL(simulator.registryOrigin).host;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ecr-simulator-skopeo-'));
  samples = await buildSampleImages(join(folder, 'samples'));
  simulator = await startEcrSimulator({
    users: [{ name: 'pusher', ...credentials, policies: [{ Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: '*' } }] }],
    repositories: [
      { name: 'sample/app', visibility: 'private', images: samples.slice(0, 1).map(({ layout }) => ({ layout, tags: ['one'] })) },
      { name: 'sample/pushed', visibility: 'private', images: [], tagMutability: 'IMMUTABLE' },
    ],
  });
  const client = new ECRClient({ endpoint: simulator.apiEndpoint, region: 'us-east-1', credentials });
  const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}));
  client.destroy();
  password = Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64').toString('utf8').slice('AWS:'.length);
});

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

const digestInLayout = async (layout: string): Promise<unknown> => JSON.parse(await readFile(join(layout, 'index.json'), 'utf8')).manifests[0].digest;

test('skopeo pulls an image with the digest it was stored under, without sending its password to the blob origin', async () => {
  const copy = join(folder, 'copy');
  await skopeo('copy', '--src-tls-verify=false', '--src-creds', `AWS:${password}`, `docker://${registry()}/sample/app:one`, `oci:${copy}:one`);

  expect(await digestInLayout(copy)).toBe(samples[0]?.digest);
  const blobs = simulator.requests.filter((request) => request.plane === 'blobs');
  expect(blobs.length).toBeGreaterThan(0);
  expect(blobs.filter((request) => request.status !== 200 || request.authorizationScheme !== undefined)).toEqual([]);
});

test('skopeo lists the tags', async () => {
  const { stdout } = await skopeo('list-tags', '--tls-verify=false', '--creds', `AWS:${password}`, `docker://${registry()}/sample/app`);
  expect(JSON.parse(stdout)).toEqual({ Repository: `${registry()}/sample/app`, Tags: ['one'] });
});

test('skopeo pushes an image which then has the same digest, and may not move an immutable tag', async () => {
  const push = (layout: string) =>
    skopeo('copy', '--dest-tls-verify=false', '--dest-creds', `AWS:${password}`, '--preserve-digests', `oci:${layout}`, `docker://${registry()}/sample/pushed:1`);
  await push(samples[1]!.layout);
  const { stdout } = await skopeo('inspect', '--tls-verify=false', '--creds', `AWS:${password}`, '--raw', `docker://${registry()}/sample/pushed:1`);
  expect(stdout).toBe(await readFile(join(samples[1]!.layout, 'blobs', 'sha256', samples[1]!.digest.slice('sha256:'.length)), 'utf8'));

  await expect(push(samples[2]!.layout)).rejects.toThrow(/cannot be overwritten because the tag is immutable/);
});

test('tar and gzip read every layer of the samples', async () => {
  const layout = join(samples[0]!.layout, 'blobs', 'sha256');
  const manifest: { layers: { digest: string }[] } = JSON.parse(await readFile(join(layout, samples[0]!.digest.slice('sha256:'.length)), 'utf8'));
  const listings = await Promise.all(manifest.layers.map(({ digest }) => run('tar', ['--list', '--gzip', '--file', join(layout, digest.slice('sha256:'.length))])));
  const paths = listings.flatMap(({ stdout, stderr }) => [...stdout.trim().split('\n'), ...(stderr === '' ? [] : [stderr])]);
  expect(paths).toContain('var/lib/dpkg/status');
  expect(paths).toContain('app/node_modules/express/package.json');
  expect(paths).toContain('app/node_modules/.wh.minimist');
});

test('skopeo is refused a repository that does not exist', async () => {
  await expect(
    skopeo('inspect', '--tls-verify=false', '--creds', `AWS:${password}`, `docker://${registry()}/sample/absent:1`),
  ).rejects.toThrow(/The repository with name 'sample\/absent' does not exist in the registry with id '123456789012'/);
});
