import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defineCataloguer } from '../cataloguers/cataloguer.js';
import { layerOf, paxHeader, tarArchive, type TarFixtureEntry } from '../test-support/tar-fixture.js';
import { readLayerWith, type ReadLayerRequest } from './read-layer.js';

/** Keeps the text of files whose name ends in `.wanted`. */
const textCataloguer = defineCataloguer<string>({
  name: 'text',
  version: 1,
  wants: (path) => path.endsWith('.wanted'),
  extract({ content }) {
    const text = content.toString();
    if (text === 'explode') throw new Error('exploded');
    return { fact: text };
  },
  assemble: () => ({ components: [] }),
});

const request = (rest: Partial<ReadLayerRequest> = {}): ReadLayerRequest => ({ signal: new AbortController().signal, ...rest });

async function textFacts(entries: readonly (TarFixtureEntry | Buffer)[], rest: Partial<ReadLayerRequest> = {}) {
  const facts = await readLayerWith([textCataloguer], layerOf(tarArchive(entries)), request(rest));
  return facts.files.get('text');
}

describe('readLayer', () => {
  it('keeps every path and the facts of wanted files', async () => {
    const archive = tarArchive([
      { name: './', type: '5' },
      { name: './etc/', type: '5', mode: 0o755 },
      { name: './etc/a.wanted', content: 'one' },
      { name: './etc/b', content: 'two' },
      { name: './etc/c', type: '2', link: 'a.wanted' },
    ]);
    const layer = layerOf(archive);
    const { paths, ...facts } = await readLayerWith([textCataloguer], layer, request());
    expect({ ...facts, paths: [...paths] }).toEqual({
      diffId: layer.diffId,
      diagnostics: [],
      paths: [
        { path: 'etc', kind: 'directory', mode: 0o755, sizeBytes: 0 },
        { path: 'etc/a.wanted', kind: 'file', mode: 0o644, sizeBytes: 3 },
        { path: 'etc/b', kind: 'file', mode: 0o644, sizeBytes: 3 },
        { path: 'etc/c', kind: 'symbolic-link', mode: 0o644, sizeBytes: 0, target: 'a.wanted' },
      ],
      files: new Map([['text', [{ path: 'etc/a.wanted', fact: 'one' }]]]),
    });
  });

  it.each([
    ['plain', (bytes: Buffer) => bytes],
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['zstd', (bytes: Buffer) => zstdCompressSync(bytes)],
  ])('reads a %s layer whatever its media type says', async (_form, compress) => {
    const archive = tarArchive([{ name: 'a.wanted', content: 'one' }]);
    const facts = await readLayerWith([textCataloguer], layerOf(archive, compress(archive), 100), request());
    expect(facts.files.get('text')).toEqual([{ path: 'a.wanted', fact: 'one' }]);
  });

  it('reports how many compressed bytes it has read', async () => {
    const layer = layerOf(tarArchive([{ name: 'a', content: 'one' }]), undefined, 50);
    const seen: number[] = [];
    await readLayerWith([], layer, request({ onBytesRead: (bytes) => seen.push(bytes) }));
    expect(seen.at(-1)).toBe(layer.sizeBytes);
    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
  });

  describe('hard links', () => {
    it('reads a wanted name of a file whose first name is not wanted, in a second pass', async () => {
      const layer = layerOf(
        tarArchive([
          { name: 'store/1', content: 'shared' },
          { name: 'a.wanted', type: '1', link: './store/1' },
          { name: 'b.wanted', type: '1', link: 'a.wanted' },
        ]),
      );
      const facts = await readLayerWith([textCataloguer], layer, request());
      expect(facts.files.get('text')).toEqual([
        { path: 'a.wanted', fact: 'shared' },
        { path: 'b.wanted', fact: 'shared' },
      ]);
      expect(layer.opened()).toBe(2);
    });

    it('needs no second pass when the first name is wanted, too', async () => {
      const layer = layerOf(tarArchive([{ name: 'a.wanted', content: 'x' }, { name: 'b.wanted', type: '1', link: 'a.wanted' }]));
      await readLayerWith([textCataloguer], layer, request());
      expect(layer.opened()).toBe(1);
    });
  });

  describe('what a layer may not do', () => {
    it('is refused when it unpacks to something else than the configuration says', async () => {
      const layer = { ...layerOf(tarArchive([{ name: 'a' }])), diffId: layerOf(tarArchive([{ name: 'b' }])).diffId };
      await expect(readLayerWith([], layer, request())).rejects.toMatchObject({
        name: 'SbomError',
        code: 'diff-id-mismatch',
        layerDigest: layer.digest,
      });
      await expect(readLayerWith([], layer, request({ verifyDiffId: false }))).resolves.toMatchObject({ diffId: layer.diffId });
    });

    it('is refused over a changed content, whether its checksum or its digest tells', async () => {
      const archive = tarArchive([{ name: 'a', content: 'x'.repeat(5000) }]);
      const stored = gzipSync(archive, { level: 0 });
      stored.writeUInt8(stored.readUInt8(2000) ^ 1, 2000);
      const layer = layerOf(archive, stored);
      for (const inflateAhead of [false, true]) {
        await expect(readLayerWith([], layer, request({ inflateAhead, verifyDiffId: false }))).rejects.toMatchObject({ code: 'corrupt-layer' });
        await expect(readLayerWith([], layer, request({ inflateAhead }))).rejects.toMatchObject({ code: 'diff-id-mismatch' });
      }
    });

    it.each([
      ['cut short', gzipSync(tarArchive([{ name: 'a', content: 'x'.repeat(5000) }])).subarray(0, -9)],
      ['no archive', gzipSync('a '.repeat(2000))],
      ['an archive cut inside an entry', gzipSync(tarArchive([{ name: 'a', content: 'x'.repeat(5000) }]).subarray(0, 2000))],
      ['compressed with bzip2', Buffer.from('BZh91AY&SY and so on')],
    ])('is refused when it is %s', async (_what, stored) => {
      const layer = layerOf(Buffer.alloc(0), stored);
      await expect(readLayerWith([], layer, request())).rejects.toMatchObject({ code: 'corrupt-layer', layerDigest: layer.digest });
    });

    it('loses a link with a target longer than any path, and says so', async () => {
      const archive = tarArchive([paxHeader({ linkpath: 'x'.repeat(5000) }), { name: 'l', type: '2' }, { name: 'm', type: '2', link: 'l' }]);
      const facts = await readLayerWith([], layerOf(archive), request());
      expect([Array.from(facts.paths, ({ path }) => path), facts.diagnostics]).toEqual([
        ['m'],
        [{ code: 'link-too-long', severity: 'incomplete', message: 'A link whose target has 5000 characters was left out: "l"' }],
      ]);
    });

    it('is refused when the paths and link targets of its entries are too much to keep', async () => {
      const layer = layerOf(tarArchive([{ name: 'a' }, { name: 'b', type: '2', link: 'abc' }, { name: 'c' }]));
      await expect(readLayerWith([], layer, request({ limits: { maximumPathCharacters: 5 } }))).rejects.toMatchObject({ code: 'limit' });
      await expect(readLayerWith([], layer, request({ limits: { maximumPathCharacters: 6 } }))).resolves.toMatchObject({ diagnostics: [] });
    });

    it('is refused with more entries or bytes than allowed', async () => {
      const layer = layerOf(tarArchive([{ name: 'a' }, { name: 'b' }]));
      await expect(readLayerWith([], layer, request({ limits: { maximumEntries: 1 } }))).rejects.toMatchObject({ code: 'limit' });
      await expect(readLayerWith([], layer, request({ limits: { maximumLayerBytes: 600 } }))).rejects.toMatchObject({ code: 'limit' });
    });

    it('loses a file that is too large, and says so', async () => {
      const facts = await textFacts([{ name: 'a.wanted', content: 'long' }, { name: 'b.wanted', content: 'ok' }], { limits: { maximumFileBytes: 3 } });
      expect(facts).toMatchObject([{ path: 'a.wanted', diagnostics: [{ code: 'file-too-large', severity: 'incomplete' }] }, { fact: 'ok' }]);
    });

    it('loses files beyond what is read of one layer, and says so', async () => {
      const facts = await textFacts([{ name: 'a.wanted', content: 'long' }, { name: 'b.wanted', content: 'ok' }], { limits: { maximumWantedBytes: 5 } });
      expect(facts).toMatchObject([{ fact: 'long' }, { path: 'b.wanted', diagnostics: [{ code: 'layer-budget-spent' }] }]);
    });

    it('loses a sparse file, and says so', async () => {
      expect(await textFacts([{ name: 'a.wanted', type: 'S', content: 'x' }])).toMatchObject([{ diagnostics: [{ code: 'sparse-file' }] }]);
    });

    it('loses a file its cataloguer stumbles over, and says so', async () => {
      expect(await textFacts([{ name: 'a.wanted', content: 'explode' }, { name: 'b.wanted', content: 'ok' }])).toEqual([
        { path: 'a.wanted', diagnostics: [{ code: 'unreadable-file', severity: 'incomplete', message: 'The file could not be read: exploded' }] },
        { path: 'b.wanted', fact: 'ok' },
      ]);
    });

    it('leaves out names that lead out of the image or are too long, and says so', async () => {
      const archive = tarArchive([
        { name: '../../etc/a.wanted', content: 'x' },
        { name: 'x/../../b.wanted', content: 'x' },
        paxHeader({ path: `${'d/'.repeat(50)}c.wanted` }),
        { name: 'c', content: 'x' },
        { name: 'x/../d.wanted', content: 'fine' },
      ]);
      const facts = await readLayerWith([textCataloguer], layerOf(archive), request({ limits: { maximumPathLength: 60 } }));
      expect(facts.diagnostics.map(({ code }) => code)).toEqual(['path-outside-root', 'path-outside-root', 'path-too-long']);
      expect(facts.files.get('text')).toEqual([{ path: 'd.wanted', fact: 'fine' }]);
    });
  });

  it('does not open a layer when cancelled before', async () => {
    const layer = layerOf(tarArchive([{ name: 'a' }]));
    await expect(readLayerWith([], layer, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    expect(layer.opened()).toBe(0);
  });

  it('passes on what the source fails with', async () => {
    const failure = Object.assign(new Error('denied'), { code: 'denied' });
    const layer = { ...layerOf(tarArchive([])), open: () => Promise.reject(failure) };
    await expect(readLayerWith([], layer, request())).rejects.toBe(failure);
  });

  it.each([{ verifyDiffId: false }, { inflateAhead: true }])('ends in facts or in an SbomError, whatever single bytes of a layer are changed: %o', async (how) => {
    const archive = tarArchive([
      { name: 'etc/', type: '5' },
      paxHeader({ path: 'etc/long.wanted' }),
      { name: 'short', content: 'one' },
      { name: '././@LongLink', type: 'L', content: 'etc/longer.wanted\0' },
      { name: 'short', content: 'two' },
      { name: 'l', type: '1', link: 'short' },
    ]);
    const outcomes = new Set<string>();
    for (const stored of [archive, gzipSync(archive), zstdCompressSync(archive)]) {
      for (let offset = 0; offset < stored.length; offset += stored === archive ? 23 : 3) {
        const changed = Buffer.from(stored);
        changed.writeUInt8(changed.readUInt8(offset) ^ (1 << (offset % 8)), offset);
        const outcome = await readLayerWith([textCataloguer], layerOf(archive, changed), request(how)).then(
          () => 'facts',
          (error: unknown) => (error instanceof Error && error.name === 'SbomError' ? 'SbomError' : `not ours: ${String(error)}`),
        );
        outcomes.add(outcome);
      }
    }
    expect([...outcomes].toSorted()).toEqual(['SbomError', 'facts']);
  });
});
