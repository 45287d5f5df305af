import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sha256, type BuiltContent } from './built-content.js';
import { ImageBuilder, type BuiltImage } from './image-builder.js';
import { dockerArchive, ociLayoutFiles } from './image-files.js';
import { buildArtifact, buildIndex } from './index-builder.js';

function image(architecture = 'amd64'): BuiltImage {
  return new ImageBuilder({ platform: { os: 'linux', architecture } })
    .layer({ a: 'gzip' }, { createdBy: 'COPY a /' })
    .instruction('ENV A=b')
    .layer({ b: 'zstd' }, { compression: 'zstd', createdBy: 'COPY b /' })
    .layer({ c: 'none' }, { compression: 'none' })
    .build();
}

/** Every digest and size of every document agrees with the bytes it names. */
function check(content: BuiltContent): void {
  for (const [digest, { bytes }] of content.manifests) expect(sha256(bytes)).toBe(digest);
  for (const [digest, bytes] of content.blobs) expect(sha256(bytes)).toBe(digest);
  const documents = [...content.manifests.values()].map(({ bytes }) => bytes.toString());
  const known = new Map([...[...content.manifests].map(([digest, { bytes }]) => [digest, bytes.length] as const), ...[...content.blobs].map(([digest, bytes]) => [digest, bytes.length] as const)]);
  for (const [, digest, size] of documents.flatMap((text) => [...text.matchAll(/"digest":"([^"]+)","size":(\d+)/g)])) {
    expect(known.get(digest ?? '')).toBe(Number(size));
  }
}

test('an image names its own bytes', () => {
  const built = image();
  check(built);
  const stored = built.layers.map(({ descriptor }) => built.blobs.get(descriptor.digest) ?? Buffer.alloc(0));
  const [gzip = Buffer.alloc(0), zstd = Buffer.alloc(0), none = Buffer.alloc(0)] = stored;
  expect([sha256(gunzipSync(gzip)), sha256(zstdDecompressSync(zstd)), sha256(none)]).toEqual(built.layers.map(({ diffId }) => diffId));
  expect(JSON.parse(built.blobs.get(built.config.digest)?.toString() ?? '')).toMatchObject({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: built.layers.map(({ diffId }) => diffId) },
    history: [{ created_by: 'COPY a /' }, { created_by: 'ENV A=b', empty_layer: true }, { created_by: 'COPY b /' }, {}],
  });
});

test('an index names its images, indexes and attestations', () => {
  const images = [image('amd64'), image('arm64')];
  const index = buildIndex(images, { attestations: true, indexes: [buildIndex([image('s390x')])] });
  check(index);
  const { manifests } = JSON.parse(index.manifests.get(index.descriptor.digest)?.bytes.toString() ?? '');
  expect(manifests.map((entry: { platform?: { architecture: string } }) => entry.platform?.architecture)).toEqual(['amd64', 'arm64', undefined, 'unknown', 'unknown']);
});

test('an artefact names its subject', () => {
  const { descriptor } = image();
  const artifact = buildArtifact({ artifactType: 'application/vnd.cyclonedx+json', payload: '{}', subject: descriptor });
  expect(JSON.parse(artifact.manifests.get(artifact.descriptor.digest)?.bytes.toString() ?? '')).toMatchObject({
    artifactType: 'application/vnd.cyclonedx+json',
    subject: descriptor,
  });
});

test('the same calls give the same image', () => {
  expect(image().descriptor).toEqual(image().descriptor);
});

test('files of a layout and of an archive have the names the specifications give', () => {
  const built = image();
  const blob = (digest: string): string => `blobs/sha256/${digest.slice(7)}`;
  expect(Object.keys(ociLayoutFiles([{ content: built, tag: '1.0' }])).toSorted()).toEqual(
    ['index.json', 'oci-layout', blob(built.descriptor.digest), ...[...built.blobs.keys()].map(blob)].toSorted(),
  );
  const archive = dockerArchive([{ image: built, names: ['team/app:1.0'] }]).toString('latin1');
  expect(archive).toContain(`{"Config":"${built.config.digest.slice(7)}.json","RepoTags":["team/app:1.0"],"Layers":["`);
});
