import { describe, expect, it } from 'vitest';
import { defineCataloguer, type Extraction } from '../cataloguers/cataloguer.js';
import { layerOf, tarArchive, type TarFixtureEntry } from '../test-support/tar-fixture.js';
import { readLayerWith } from './read-layer.js';

/** Keeps the text of files that begin with `#!`, until a full stop. */
const scriptCataloguer = defineCataloguer<string>({
  name: 'script',
  version: 1,
  wants: (path) => !path.endsWith('.unwanted'),
  scan({ path, sizeBytes }, head) {
    if (path === 'explode-at-once') throw new Error('exploded');
    if (head.length !== Math.min(64, sizeBytes)) throw new Error(`a head of ${head.length} bytes`);
    if (!head.toString().startsWith('#!')) return undefined;
    let text = '';
    return {
      push(bytes) {
        text += bytes.toString();
        if (text.includes('explode')) throw new Error('exploded');
        return !text.includes('.');
      },
      finish: (): Extraction<string> => ({ fact: text.replace(/\..*$/s, '.') }),
    };
  },
  assemble: () => ({ components: [] }),
});

/** Reads some of the same files wholly. */
const wholeCataloguer = defineCataloguer<number>({
  name: 'whole',
  version: 1,
  wants: (path) => path.startsWith('both'),
  extract: ({ content }) => ({ fact: content.length }),
  assemble: () => ({ components: [] }),
});

async function scan(entries: readonly TarFixtureEntry[], chunkSize: number, maximumFileBytes = 1000) {
  const archive = tarArchive(entries);
  const layer = layerOf(archive, archive, chunkSize);
  const { files } = await readLayerWith([scriptCataloguer, wholeCataloguer], layer, { signal: new AbortController().signal, limits: { maximumFileBytes } });
  return { script: files.get('script'), whole: files.get('whole') };
}

const long = (text: string): string => text.padEnd(3000, ' ');

describe('files read in pieces', () => {
  it.each([1, 7, 512, 65_536])('come in order and once, in chunks of %d bytes', async (chunkSize) => {
    const { script } = await scan(
      [
        { name: 'empty' },
        { name: 'short', content: '#!' },
        { name: 'passed-over', content: long('binary') },
        { name: 'to-the-end', content: long('#!all of it') },
        { name: 'a.unwanted', content: '#!no' },
        { name: 'until-enough', content: long(`#!${' '.repeat(100)}begin.end`) },
        { name: 'last', content: '#!last' },
      ],
      chunkSize,
    );
    expect(script).toEqual([
      { path: 'short', fact: '#!' },
      { path: 'to-the-end', fact: long('#!all of it') },
      { path: 'until-enough', fact: `#!${' '.repeat(100)}begin.` },
      { path: 'last', fact: '#!last' },
    ]);
  });

  it('are reported when the cataloguer fails over them', async () => {
    const diagnostics = [{ code: 'unreadable-file', severity: 'incomplete', message: 'The file could not be read: exploded' }];
    const { script } = await scan([{ name: 'explode-at-once' }, { name: 'b', content: '#!explode' }, { name: 'c', content: '#!c' }], 512);
    expect(script).toEqual([{ path: 'explode-at-once', diagnostics }, { path: 'b', diagnostics }, { path: 'c', fact: '#!c' }]);
  });

  it('may be wanted whole by others, and are scanned even where they are too large for that', async () => {
    const { script, whole } = await scan([{ name: 'both-1', content: '#!1' }, { name: 'both-2', content: long('#!2.') }], 512);
    expect(script).toEqual([{ path: 'both-1', fact: '#!1' }, { path: 'both-2', fact: '#!2.' }]);
    expect(whole).toMatchObject([{ path: 'both-1', fact: 3 }, { path: 'both-2', diagnostics: [{ code: 'file-too-large' }] }]);
  });

  it('are found under the hard link that is wanted', async () => {
    const { script } = await scan([{ name: 'a.unwanted', content: '#!a' }, { name: 'b', type: '1', link: 'a.unwanted' }], 512);
    expect(script).toEqual([{ path: 'b', fact: '#!a' }]);
  });
});
