import { zstdCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../catalogue.js';
import { catalogueOf, debianRelease, exampleImage } from '../test-support/catalogue-fixture.js';
import type { ImageDescription } from './describe-image.js';
import { catalogueOfStack, serialiseStackContents, stackContentsKey } from './stack-contents-codec.js';

const layers = [
  { 'etc/os-release': debianRelease, 'var/lib/dpkg/status': 'Package: a\nVersion: 1\n\nPackage: b\nVersion: 2\nDepends: a\n' },
  { 'app/node_modules/c/package.json': '{"name":"c","version":"3"}', 'app/package-lock.json': '{' },
];
/** Of another build: other labels, another digest, and a history that tells its base. */
const other: ImageDescription = {
  name: 'registry.example.org/team/other',
  digest: `sha256:${'cd'.repeat(32)}`,
  platform: { os: 'linux', architecture: 'amd64' },
  labels: { z: '1', a: '2' },
  history: [{ emptyLayer: false }, { emptyLayer: true, createdBy: 'CMD ["bash"]' }, { emptyLayer: false }],
};

let catalogue: Catalogue;
let kept: Uint8Array;
beforeAll(async () => {
  catalogue = await catalogueOf(layers);
  kept = serialiseStackContents(catalogue);
});

const changedAt = (position: number): Uint8Array => kept.map((byte, index) => (index === (position + kept.length) % kept.length ? byte ^ 1 : byte));

describe('what a stack of layers holds, as a store keeps it', () => {
  it('is under one key for each way of looking at layers', () => {
    expect([stackContentsKey('squashed'), stackContentsKey('all-layers')]).toEqual(['contents-squashed@1', 'contents-all-layers@1']);
  });

  it('gives the catalogue it was made of, in the same order', () => {
    expect(JSON.stringify(catalogueOfStack(exampleImage, catalogue.image.layers, kept))).toBe(JSON.stringify(catalogue));
  });

  it('gives the catalogue of another image of the same layers', async () => {
    const expected = await catalogueOf(layers, { image: other });
    expect(expected.image).toMatchObject({ base: { layerCount: 1 }, labels: { a: '2', z: '1' } });
    expect(catalogueOfStack(other, catalogue.image.layers, kept)).toEqual(expected);
  });

  it.each([
    ['nothing', () => Buffer.alloc(0)],
    ['cut short', () => kept.subarray(0, -1)],
    ['made by other code', () => changedAt(0)],
    ['changed in the middle', () => changedAt(Math.floor(kept.length / 2))],
    ['changed at the end', () => changedAt(-1)],
    ['no JSON', () => Buffer.concat([kept.subarray(0, 32), zstdCompressSync('{')])],
  ])('counts as missing when it is %s', (_what, damaged) => {
    expect(catalogueOfStack(exampleImage, catalogue.image.layers, damaged())).toBeUndefined();
  });
});
