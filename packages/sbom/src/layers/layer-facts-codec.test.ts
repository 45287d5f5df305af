import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cataloguers } from '../cataloguers/table.js';
import { combineLayerFacts, deserialiseLayerFacts, factKeys, serialiseLayerFacts, type StoredLayerFacts } from './layer-facts-codec.js';
import type { LayerFacts, PathEntry } from './layer-facts.js';
import { PackedPaths } from './packed-paths.js';

const names = cataloguers.map(({ name }) => name);

const facts: LayerFacts = {
  diffId: 'sha256:1',
  paths: [
    { path: 'etc', kind: 'directory', mode: 0o755, sizeBytes: 0 },
    { path: 'etc/ä\nb', kind: 'file', mode: 0o644, sizeBytes: 5_000_000_000 },
    { path: 'l', kind: 'symbolic-link', mode: 0o777, sizeBytes: 0, target: 'etc' },
    { path: 'null', kind: 'other', mode: 0o666, sizeBytes: 0 },
    { path: 'm', kind: 'symbolic-link', mode: 0o777, sizeBytes: 0, target: '' },
    { path: 'h', kind: 'hard-link', mode: 0o644, sizeBytes: 0, target: 'etc/ä\nb' },
  ],
  diagnostics: [{ code: 'path-too-long', severity: 'incomplete', message: 'Too long.' }],
  files: new Map(names.map((name) => [name, [{ path: `etc/${name}`, fact: { name } }]])),
};

const pathTable = (columns: object, texts: string): Uint8Array => {
  const json = Buffer.from(JSON.stringify(columns));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return zstdCompressSync(Buffer.concat([length, json, Buffer.from(texts)]));
};

/** With the paths as an array. */
const plain = (stored: StoredLayerFacts) => (stored.facts === undefined ? stored : { ...stored, facts: { ...stored.facts, paths: [...stored.facts.paths] } });

/** What the current version of a cataloguer keeps its facts under. */
const keyOf = (name: string): string => factKeys().find((key) => key.startsWith(`${name}@`)) ?? '';

describe('facts of a layer as a store keeps them', () => {
  it('are one entry for the paths and one for each cataloguer with its version', () => {
    expect(factKeys()).toEqual(['paths@1', ...cataloguers.map(({ name, version }) => `${name}@${version}`)]);
    expect([...serialiseLayerFacts(facts).keys()]).toEqual(factKeys());
  });

  it('come back as they were', () => {
    expect(plain(deserialiseLayerFacts('sha256:1', serialiseLayerFacts(facts)))).toEqual({ facts, missing: [] });
  });

  it('have paths that can be counted, and gone through more than once', () => {
    const { paths } = deserialiseLayerFacts('sha256:1', serialiseLayerFacts(facts)).facts ?? facts;
    expect([paths.length, [...paths], [...paths]]).toEqual([6, facts.paths, facts.paths]);
  });

  it.each([
    { what: 'a part', entries: 4096 },
    { what: 'a part and one more', entries: 4097 },
    { what: 'several parts', entries: 10_000 },
  ])('come back as they were for as many entries as $what is packed of', ({ entries }) => {
    const paths = new PackedPaths();
    const pushed = Array.from({ length: entries }, (_, index): PathEntry => (index % 3 === 0 ? { path: `ö/${index}`, kind: 'symbolic-link', mode: 0o777, sizeBytes: 0, target: `../${index}` } : { path: `a/${index}`, kind: 'file', mode: 0o600, sizeBytes: index }));
    for (const entry of pushed) paths.push(entry);
    const stored = serialiseLayerFacts({ ...facts, paths });
    expect([paths.length, paths.mayHoldWhiteouts, [...paths]]).toEqual([entries, false, pushed]);
    expect([...(deserialiseLayerFacts('sha256:1', stored).facts?.paths ?? [])]).toEqual(pushed);
    expect(stored).toEqual(serialiseLayerFacts({ ...facts, paths: pushed }));
  });

  it('tell of a whiteout in a part that is packed', () => {
    const hiding = ['etc/.wh.passwd', ...Array.from({ length: 5000 }, (_, index) => `a/${index}`)];
    expect(PackedPaths.of(hiding.map((path): PathEntry => ({ path, kind: 'file', mode: 0o644, sizeBytes: 0 }))).mayHoldWhiteouts).toBe(true);
  });

  it.each([
    { paths: ['etc/.wh.passwd'], mayHoldWhiteouts: true },
    { paths: ['.wh..wh..opq'], mayHoldWhiteouts: true },
    { paths: ['etc/passwd', 'wh.a', '.why'], mayHoldWhiteouts: false },
  ])('tell whether $paths may hide others: $mayHoldWhiteouts', ({ paths, mayHoldWhiteouts }) => {
    const entries = paths.map((path): PathEntry => ({ path, kind: 'file', mode: 0o644, sizeBytes: 0 }));
    expect(PackedPaths.of(entries).mayHoldWhiteouts).toBe(mayHoldWhiteouts);
    expect(deserialiseLayerFacts('sha256:1', serialiseLayerFacts({ ...facts, paths: entries })).facts?.paths.mayHoldWhiteouts).toBe(mayHoldWhiteouts);
  });

  it('come back as they were for a layer without entries', () => {
    const empty: LayerFacts = { diffId: 'sha256:2', paths: [], diagnostics: [], files: new Map(names.map((name) => [name, []])) };
    expect(plain(deserialiseLayerFacts('sha256:2', serialiseLayerFacts(empty)))).toEqual({ facts: empty, missing: [] });
  });

  it('are written in the same bytes each time', () => {
    expect(serialiseLayerFacts(facts)).toEqual(serialiseLayerFacts(structuredClone(facts)));
  });

  it('tell which cataloguers have to read the layer', () => {
    const stored = new Map(serialiseLayerFacts(facts));
    stored.delete(keyOf('npm'));
    const { facts: known, missing } = deserialiseLayerFacts('sha256:1', stored);
    expect(missing).toEqual(['npm']);
    const fresh: LayerFacts = { ...facts, files: new Map([['npm', facts.files.get('npm') ?? []]]) };
    expect(combineLayerFacts(known, fresh)).toEqual({ ...facts, files: new Map([...facts.files].toSorted(([left]) => (left === 'npm' ? 1 : -1))) });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no zstd', Buffer.from('garbage')],
    ['no JSON', zstdCompressSync('{{')],
    ['JSON of another shape', zstdCompressSync('{"a":1}')],
    ['fewer paths than it says', pathTable({ kinds: 'ff', modes: [0, 0], sizes: [0, 0], diagnostics: [] }, 'a')],
    ['fewer sizes than it says', pathTable({ kinds: 'ff', modes: [0, 0], sizes: [0], diagnostics: [] }, 'a\0b')],
  ])('count as missing when their bytes are %s', (_what, bytes) => {
    const stored = serialiseLayerFacts(facts);
    expect(deserialiseLayerFacts('sha256:1', new Map([...stored, [keyOf('dpkg'), bytes]])).missing).toEqual(['dpkg']);
    expect(deserialiseLayerFacts('sha256:1', new Map([...stored, ['paths@1', bytes]]))).toEqual({ missing: names });
  });

  it('are all missing from an empty store', () => {
    expect(deserialiseLayerFacts('sha256:1', new Map())).toEqual({ missing: names });
  });
});
