import { describe, expect, it } from 'vitest';
import { cataloguers } from '../cataloguers/table.js';
import type { FactStore } from '../fact-store.js';
import { alpineRelease, catalogueOf, debianRelease, exampleImage } from '../test-support/catalogue-fixture.js';
import { layerOf, tarArchive, type LayerFixture, type TarFixtureEntry } from '../test-support/tar-fixture.js';
import { catalogueImage, type CatalogueProgress } from './catalogue-image.js';
import { parseCatalogue, serialiseCatalogue } from './catalogue-schema.js';

class MemoryFactStore implements FactStore {
  readonly facts = new Map<string, Map<string, Uint8Array>>();

  read(diffId: string, keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const stored = this.facts.get(diffId) ?? new Map<string, Uint8Array>();
    return Promise.resolve(new Map([...stored].filter(([key]) => keys.includes(key))));
  }

  write(diffId: string, facts: ReadonlyMap<string, Uint8Array>): Promise<void> {
    this.facts.set(diffId, new Map([...(this.facts.get(diffId) ?? []), ...facts]));
    return Promise.resolve();
  }
}

const base = (): LayerFixture =>
  layerOf(
    tarArchive([
      { name: 'etc/os-release', content: debianRelease },
      { name: 'var/lib/dpkg/status', content: 'Package: base-files\nStatus: install ok installed\nArchitecture: amd64\nVersion: 12.4\n' },
    ]),
  );
const application = (): LayerFixture => layerOf(tarArchive([{ name: 'app/node_modules/a/package.json', content: '{"name":"a","version":"1.0.0"}' }]));

const run = (layers: readonly LayerFixture[], facts?: FactStore, onProgress?: (event: CatalogueProgress) => void) =>
  catalogueImage({
    image: exampleImage,
    layers,
    signal: new AbortController().signal,
    ...(facts === undefined ? {} : { facts }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });

describe('catalogueImage', () => {
  // The sample of the requirement "layer and instruction that really added each package".
  it('says of every package of six layers which layer and instruction added it, and who owns it', async () => {
    const status = (packages: Readonly<Record<string, string>>): { readonly name: string; readonly content: string } => ({
      name: 'var/lib/dpkg/status',
      content: Object.entries(packages).map(([name, version]) => `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`).join('\n'),
    });
    const yaml = 'usr/lib/python3/dist-packages/PyYAML-6.0.egg-info';
    const instructions: readonly (readonly [instruction: string, entries: readonly TarFixtureEntry[]])[] = [
      ['ADD rootfs.tar /', [{ name: 'etc/os-release', content: debianRelease }, status({ 'base-files': '12.4', curl: '1' })]],
      ['RUN apt-get install python3-yaml', [status({ 'base-files': '12.4', curl: '1', 'python3-yaml': '6.0' }), { name: 'var/lib/dpkg/info/python3-yaml.list', content: `/${yaml}\n` }, { name: yaml, content: 'Name: PyYAML\nVersion: 6.0\n' }]],
      ['RUN apt-get remove curl', [status({ 'base-files': '12.4', 'python3-yaml': '6.0' })]],
      ['RUN npm ci', [{ name: 'app/node_modules/a/package.json', content: '{"name":"a","version":"1.0.0"}' }, { name: 'app/node_modules/b/package.json', content: '{"name":"b","version":"1.0.0"}' }]],
      ['RUN apt-get install curl && npm update b', [status({ 'base-files': '12.4', curl: '1', 'python3-yaml': '6.0' }), { name: 'app/node_modules/b/package.json', content: '{"name":"b","version":"2.0.0"}' }]],
      ['RUN apt-get upgrade && npm remove a', [status({ 'base-files': '12.5', curl: '1', 'python3-yaml': '6.0' }), { name: 'app/node_modules/.wh.a', content: '' }]],
    ];
    const layers = instructions.map(([createdBy, entries]) => ({ ...layerOf(tarArchive(entries)), createdBy }));
    const { components, image } = await run(layers);
    expect(components.map(({ name, version, locations, ownedBy }) => [`${name} ${version}`, image.layers[locations[0]?.layerIndex ?? -1]?.createdBy, ownedBy?.replace(/[@?].*$/, '')])).toEqual([
      ['base-files 12.5', 'RUN apt-get upgrade && npm remove a', undefined],
      ['curl 1', 'RUN apt-get install curl && npm update b', undefined],
      ['python3-yaml 6.0', 'RUN apt-get install python3-yaml', undefined],
      ['b 2.0.0', 'RUN apt-get install curl && npm update b', undefined],
      ['PyYAML 6.0', 'RUN apt-get install python3-yaml', 'pkg:deb/debian/python3-yaml'],
    ]);
  });

  it('describes the image, its layers, its distribution and its components', async () => {
    const layers = [{ ...base(), createdBy: 'ADD rootfs.tar /' }, application()];
    const catalogue = await run(layers);
    expect(catalogue).toEqual({
      formatVersion: 1,
      image: {
        ...exampleImage,
        layers: layers.map(({ digest, diffId, mediaType, sizeBytes }, index) => ({
          digest,
          diffId,
          mediaType,
          sizeBytes,
          ...(index === 0 ? { createdBy: 'ADD rootfs.tar /' } : {}),
        })),
      },
      distribution: { id: 'debian', idLike: [], versionId: '12', codename: 'bookworm', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
      components: [
        expect.objectContaining({ id: 'pkg:deb/debian/base-files@12.4?arch=amd64&distro=debian-12' }),
        expect.objectContaining({ id: 'pkg:npm/a@1.0.0', locations: [{ path: '/app/node_modules/a/package.json', layerIndex: 1, layerDiffId: layers[1]?.diffId }] }),
      ],
      relationships: [],
      unknowns: [],
      diagnostics: [],
      cataloguers: cataloguers.map(({ name, version }) => ({ name, version })),
    });
    const stored = serialiseCatalogue(catalogue);
    expect(parseCatalogue(stored)).toEqual(catalogue);
    expect(serialiseCatalogue(parseCatalogue(stored))).toBe(stored);
  });

  it('gives an image without layers an empty catalogue', async () => {
    expect(await run([])).toMatchObject({ components: [], relationships: [], diagnostics: [] });
  });

  it('opens no layer a second time when its facts are stored, and says the same', async () => {
    const store = new MemoryFactStore();
    const first = await run([base(), application()], store);
    const again = [base(), application()];
    const events: CatalogueProgress[] = [];
    expect(serialiseCatalogue(await run(again, store, (event) => events.push(event)))).toBe(serialiseCatalogue(first));
    expect(again.map(({ opened }) => opened())).toEqual([0, 0]);
    expect(events.map(({ phase, layerIndex }) => [phase, layerIndex])).toEqual([
      ['cached', 0],
      ['cached', 1],
      ['merged', 2],
    ]);
  });

  it('reads for another image on the same base only the layers above it', async () => {
    const store = new MemoryFactStore();
    await run([base()], store);
    const layers = [base(), application()];
    await run(layers, store);
    expect(layers.map(({ opened }) => opened())).toEqual([0, 1]);
  });

  it('reads a layer again for a cataloguer whose facts are missing, and keeps those of the others', async () => {
    const store = new MemoryFactStore();
    const first = await run([base(), application()], store);
    for (const facts of store.facts.values()) facts.delete('npm@3');
    const dpkgFacts = [...store.facts.values()].map((facts) => facts.get('dpkg@1'));
    const layers = [base(), application()];
    expect(await run(layers, store)).toEqual(first);
    expect(layers.map(({ opened }) => opened())).toEqual([1, 1]);
    expect([...store.facts.values()].map((facts) => facts.get('dpkg@1'))).toEqual(dpkgFacts);
    expect([...store.facts.values()].every((facts) => facts.has('npm@3'))).toBe(true);
  });

  it('reads a layer that occurs twice once', async () => {
    const layer = application();
    const { components } = await run([layer, base(), layer]);
    expect(layer.opened()).toBe(1);
    expect(components).toHaveLength(2);
  });

  it('tells how far it is', async () => {
    const layers = [base(), application()];
    const events: CatalogueProgress[] = [];
    await run(layers, undefined, (event) => events.push(event));
    const total = layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(events).toEqual([
      ...layers.map(({ sizeBytes }, layerIndex) => ({ layerIndex, layerCount: 2, phase: 'reading', bytesRead: sizeBytes, bytesTotal: sizeBytes })),
      { layerIndex: 2, layerCount: 2, phase: 'merged', bytesRead: total, bytesTotal: total },
    ]);
  });

  it('stores nothing of a layer that fails', async () => {
    const store = new MemoryFactStore();
    const layer = { ...application(), diffId: base().diffId };
    await expect(run([layer], store)).rejects.toMatchObject({ code: 'diff-id-mismatch' });
    expect(store.facts.size).toBe(0);
  });

  it('ends as cancelled when its signal is aborted', async () => {
    const layers = [base()];
    await expect(catalogueImage({ image: exampleImage, layers, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('keeps facts free of the image: one layer under two distributions gives two package URLs', async () => {
    const store = new MemoryFactStore();
    const packages = layerOf(tarArchive([{ name: 'lib/apk/db/installed', content: 'P:a\nV:1\n' }]));
    const release = (text: string) => layerOf(tarArchive([{ name: 'etc/os-release', content: text }]));
    const urls = async (text: string) => (await run([release(text), packages], store)).components.map(({ packageUrl }) => packageUrl);
    expect(await urls(alpineRelease)).toEqual(['pkg:apk/alpine/a@1?distro=alpine-3.20.1']);
    expect(await urls('ID=wolfi\nVERSION_ID=20230201\n')).toEqual(['pkg:apk/wolfi/a@1?distro=wolfi-20230201']);
  });

  it('stays small and quick for metadata made to multiply', async () => {
    const many = (count: number, write: (index: number) => string): string => Array.from({ length: count }, (_, index) => write(index)).join('\n');
    const { components, relationships, diagnostics } = await catalogueOf([
      {
        'var/lib/dpkg/status': many(3000, (index) => `Package: d${index}\nVersion: 1\nProvides: v\nDepends: v\nDescription: ${'x'.repeat(3000)}\n`),
        'lib/apk/db/installed': many(3000, (index) => `P:${index === 0 ? 'n'.repeat(600) : `a${index}`}\nV:1\np:so:v\nD:so:v\n`),
        ...Object.fromEntries(Array.from({ length: 1100 }, (_, index) => [`app/node_modules/n${index}/package.json`, '{'])),
      },
    ]);
    expect(components).toHaveLength(3000 + 2999);
    expect(relationships.length).toBeLessThan(6000 * 33);
    expect(components.every(({ description = '' }) => description.length <= 2000)).toBe(true);
    expect(diagnostics).toHaveLength(1001);
    expect(diagnostics.at(-1)).toEqual({ code: 'diagnostics-omitted', severity: 'incomplete', message: '101 more diagnostics were left out.' });
  });

  it('takes hostile names for names', async () => {
    const hostile = '__proto__';
    const { components } = await catalogueOf([
      {
        'var/lib/dpkg/status': `Package: ${hostile}\nVersion: 1\nDepends: constructor, ${hostile}\n\nPackage: constructor\nVersion: 1\n`,
        [`app/node_modules/${hostile}/package.json`]: `{"name":"${hostile}","version":"1.0.0","dependencies":{"toString":"*","hasOwnProperty":"*"}}`,
      },
    ]);
    expect(components.map(({ name, ecosystem }) => `${ecosystem} ${name}`)).toEqual([`deb ${hostile}`, 'deb constructor', `npm ${hostile}`]);
  });
});

describe('parseCatalogue', () => {
  it.each([
    ['text', 'nothing'],
    ['JSON of another kind', '{"formatVersion":2}'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(() => parseCatalogue(text)).toThrow(expect.objectContaining({ code: 'invalid-catalogue' }));
  });
});
