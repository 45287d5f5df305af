import { describe, expect, it } from 'vitest';
import { defineCataloguer, type Assembly, type ComponentDraft } from '../cataloguers/cataloguer.js';
import { readLayerWith } from '../layers/read-layer.js';
import { exampleImage } from '../test-support/catalogue-fixture.js';
import { layerOf, tarArchive, type TarFixtureEntry } from '../test-support/tar-fixture.js';
import { mergeCatalogueWith } from './merge-catalogue.js';

/** Makes a component of every file `<name>.package`, whose text is its version. */
const fileCataloguer = defineCataloguer<string>({
  name: 'file',
  version: 3,
  wants: (path) => path.endsWith('.package'),
  extract: ({ content }) => ({ fact: content.toString() }),
  assemble: (view): Assembly => ({
    components: view.files.map((file): ComponentDraft => {
      const name = file.path.replace(/^.*\//, '').replace('.package', '');
      return {
        ecosystem: 'npm',
        name,
        version: file.fact,
        packageUrl: `pkg:npm/${name}@${file.fact}`,
        licences: [],
        locations: [view.location(file.path, view.introducedIn(file, (fact) => fact === file.fact))],
      };
    }),
  }),
});

const failingCataloguer = defineCataloguer({
  name: 'failing',
  version: 1,
  wants: () => false,
  extract: () => ({}),
  assemble: () => {
    throw new Error('out of its depth');
  },
});

async function merge(...layers: readonly (readonly TarFixtureEntry[])[]) {
  const sources = layers.map((entries) => layerOf(tarArchive(entries)));
  const cataloguers = [fileCataloguer, failingCataloguer];
  const facts = await Promise.all(sources.map((source) => readLayerWith(cataloguers, source, { signal: new AbortController().signal })));
  return mergeCatalogueWith(cataloguers, exampleImage, sources, facts);
}

const found = async (...layers: readonly (readonly TarFixtureEntry[])[]) =>
  (await merge(...layers)).components.map(({ version, locations }) => `${locations[0]?.path}=${version}@${locations[0]?.layerIndex}`);

describe('mergeCatalogue', () => {
  it('loses the components of a cataloguer that fails, and says so', async () => {
    const { components, diagnostics, cataloguers } = await merge([{ name: 'a.package', content: '1' }]);
    expect(components).toHaveLength(1);
    expect(diagnostics).toEqual([
      { code: 'cataloguer-failed', severity: 'incomplete', message: 'The failing cataloguer could not finish: out of its depth' },
    ]);
    expect(cataloguers).toEqual([
      { name: 'file', version: 3 },
      { name: 'failing', version: 1 },
    ]);
  });

  it('shows facts under canonical paths', async () => {
    expect(await found([{ name: 'usr/lib/', type: '5' }, { name: 'lib', type: '2', link: 'usr/lib' }, { name: 'lib/a.package', content: '1' }])).toEqual(['/usr/lib/a.package=1@0']);
  });

  it('shows facts of a hard link whose target was wanted, and none where the link itself is not', async () => {
    const lower = [{ name: 'a.package', content: '1' }];
    expect(await found(lower, [{ name: 'b.package', type: '1', link: 'a.package' }, { name: 'b.text', type: '1', link: 'a.package' }])).toEqual(['/a.package=1@0', '/b.package=1@1']);
  });

  it('shows facts of a hard link whose target had an unwanted name', async () => {
    expect(await found([{ name: 'store', content: '1' }, { name: 'a.package', type: '1', link: 'store' }])).toEqual(['/a.package=1@0']);
  });

  it('takes the later of two entries of one path in a tar', async () => {
    expect(await found([{ name: 'a.package', content: '1' }, { name: 'a.package', content: '2' }])).toEqual(['/a.package=2@0']);
  });

  it('counts the layer anew after a removal or another version', async () => {
    const one = [{ name: 'a.package', content: '1' }];
    const two = [{ name: 'a.package', content: '2' }];
    expect(await found(one, one, one)).toEqual(['/a.package=1@0']);
    expect(await found(one, [{ name: '.wh.a.package' }], one)).toEqual(['/a.package=1@2']);
    expect(await found(one, two, one)).toEqual(['/a.package=1@2']);
    expect(await found(one, [{ name: '.wh..wh..opq' }, ...one])).toEqual(['/a.package=1@0']);
  });
});
