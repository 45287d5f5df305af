import { describe, expect, it } from 'vitest';
import { readLayer } from '../layers/read-layer.js';
import { debianRelease, exampleImage } from '../test-support/catalogue-fixture.js';
import { layerOf, tarArchive } from '../test-support/tar-fixture.js';
import { mergeAllLayers } from './merge-all-layers.js';
import { mergeCatalogue } from './merge-catalogue.js';

type Files = Readonly<Record<string, string>>;

const [a, b, withoutA, withoutFolder] = ['a/package.json', 'b/package.json', 'a/.wh.package.json', '.wh.a'].map((file) => `app/node_modules/${file}`) as [string, string, string, string];

const npm = (name: string, version: string): string => JSON.stringify({ name, version });

const read = async (layers: readonly Files[]) => {
  const sources = layers.map((files) => layerOf(tarArchive(Object.entries(files).map(([name, content]) => ({ name, content })))));
  const facts = await Promise.all(sources.map((source) => readLayer(source, { signal: new AbortController().signal, verifyDiffId: true })));
  return { sources, facts };
};

const told = async (...layers: readonly Files[]): Promise<readonly string[]> => {
  const { sources, facts } = await read(layers);
  return mergeAllLayers(exampleImage, sources, facts).components.map(({ name, version, removedInLayer }) => `${name} ${version}${removedInLayer === undefined ? '' : ` until ${removedInLayer}`}`);
};

describe('mergeAllLayers', () => {
  it.each([
    ['what no layer removed', [{ [a]: npm('a', '1') }, { [b]: npm('b', '1') }], ['a 1', 'b 1']],
    ['what a layer deleted', [{ [a]: npm('a', '1') }, { [withoutA]: '' }, { x: '' }], ['a 1 until 1']],
    ['what a layer replaced', [{ [a]: npm('a', '1') }, { [a]: npm('a', '2') }], ['a 1 until 1', 'a 2']],
    ['what came back', [{ [a]: npm('a', '1') }, { [withoutA]: '' }, { [a]: npm('a', '1') }], ['a 1']],
    ['what was removed twice', [{ [a]: npm('a', '1') }, { [withoutFolder]: '' }, { [a]: npm('a', '1') }, { [withoutFolder]: '' }], ['a 1 until 3']],
    [
      'packages that only changed the release they are called after',
      [{ 'etc/os-release': debianRelease, 'var/lib/dpkg/status': 'Package: a\nVersion: 1\n' }, { 'etc/os-release': debianRelease.replaceAll('12', '13') }],
      ['a 1'],
    ],
  ])('tells %s', async (_what, layers, expected) => {
    expect(await told(...layers)).toEqual(expected);
  });

  it('is the final view where nothing was removed', async () => {
    const { sources, facts } = await read([{ 'app/node_modules/a/package.json': npm('a', '1') }, { 'app/node_modules/b/package.json': npm('b', '1') }]);
    expect(mergeAllLayers(exampleImage, sources, facts)).toEqual(mergeCatalogue(exampleImage, sources, facts));
  });

  it('gives each of them an id of its own', async () => {
    const { sources, facts } = await read([{ 'app/node_modules/a/package.json': npm('a', '1'), 'srv/node_modules/a/package.json': npm('a', '1') }, { 'app/node_modules/.wh.a': '' }]);
    const ids = mergeAllLayers(exampleImage, sources, facts).components.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });
});
