import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeOciLayout } from '../sample/write-oci-layout.js';
import { loadOciLayout } from './load-oci-layout.js';
import { OCI_INDEX, OCI_MANIFEST } from './media-types.js';
import { RepositoryContent } from './repository-content.js';
import { digestOf } from './stored-manifest.js';

const NOW = new Date('2026-01-01T00:00:00Z');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ecr-simulator-layout-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function platformImage(architecture: string) {
  const layout = join(folder, architecture);
  const steps = [{ createdBy: 'COPY', created: NOW, entries: [{ path: 'name', kind: 'file' as const, content: Buffer.from(architecture) }] }];
  const { digest } = await writeOciLayout(layout, { architecture, created: NOW, config: {}, steps });
  await cp(join(layout, 'blobs'), join(folder, 'blobs'), { recursive: true });
  return { mediaType: OCI_MANIFEST, digest, size: 1, platform: { os: 'linux', architecture } };
}

const emptyRepository = () => new RepositoryContent({ name: 'team/app', visibility: 'private', createdAt: NOW });

test('an index brings its children, which have no tag of their own', async () => {
  const children = [await platformImage('amd64'), await platformImage('arm64')];
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: children }));
  const descriptor = { mediaType: OCI_INDEX, digest: digestOf(index), size: index.length };
  await writeFile(join(folder, 'blobs', 'sha256', descriptor.digest.slice('sha256:'.length)), index);
  await writeFile(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [descriptor] }));

  const repository = emptyRepository();
  await loadOciLayout(repository, { layout: folder, tags: ['1'] }, NOW);
  expect(repository.images.map(({ manifest }) => [manifest.digest, manifest.mediaType, repository.tagsOf(manifest.digest)])).toEqual([
    [descriptor.digest, OCI_INDEX, ['1']],
    [children[0]?.digest, OCI_MANIFEST, []],
    [children[1]?.digest, OCI_MANIFEST, []],
  ]);
});

test('of several entries one is chosen by its name, and without a name none', async () => {
  const [amd64, arm64] = [await platformImage('amd64'), await platformImage('arm64')];
  const named = (descriptor: object, name: string) => ({ ...descriptor, annotations: { 'org.opencontainers.image.ref.name': name } });
  await writeFile(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [named(amd64, 'one'), named(arm64, 'two')] }));

  const repository = emptyRepository();
  await loadOciLayout(repository, { layout: folder, reference: 'two', tags: ['2'] }, NOW);
  expect(repository.tags).toEqual([['2', arm64.digest]]);
  await expect(loadOciLayout(repository, { layout: folder, tags: ['3'] }, NOW)).rejects.toThrow('index.json has 2 entries to choose from');
});

test('a layer that is missing is named', async () => {
  const layout = join(folder, 'broken');
  const steps = [{ createdBy: 'COPY', created: NOW, entries: [] }];
  const { layerDigests } = await writeOciLayout(layout, { architecture: 'amd64', created: NOW, config: {}, steps });
  await rm(join(layout, 'blobs', 'sha256', layerDigests[0]?.slice('sha256:'.length) ?? ''));
  await expect(loadOciLayout(emptyRepository(), { layout, tags: ['1'] }, NOW)).rejects.toThrow(`blob ${layerDigests[0]} is missing`);
});
