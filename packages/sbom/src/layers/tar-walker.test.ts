import { describe, expect, it } from 'vitest';
import { chunksOf, paxHeader, tarArchive, tarEntry, type TarFixtureEntry } from '../test-support/tar-fixture.js';
import { TarWalker, type TarEntry } from './tar-walker.js';

function walk(archive: Buffer, chunkSize = 1 << 20, maximumEntries = 1000): { entries: TarEntry[]; contents: Record<string, string> } {
  const entries: TarEntry[] = [];
  const contents: Record<string, string> = {};
  const walker = new TarWalker(
    {
      entry: (entry) => {
        entries.push(entry);
        return !entry.isSparse && !entry.name.startsWith('unwanted');
      },
      content: (entry, content) => {
        contents[entry.name] = content.toString();
      },
      piece: () => false,
    },
    maximumEntries,
  );
  for (const chunk of chunksOf(archive, chunkSize)) walker.push(chunk);
  walker.end();
  return { entries, contents };
}

const file = (name: string, sizeBytes: number, rest: Partial<TarEntry> = {}): TarEntry => ({
  name,
  kind: 'file',
  mode: 0o644,
  sizeBytes,
  isSparse: false,
  ...rest,
});

const base256 = (value: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32BE(value, length - 4);
  bytes[0] = 0x80;
  return bytes;
};

const longName = `${'folder/'.repeat(30)}file`;

describe('TarWalker', () => {
  const cases: readonly { what: string; archive: readonly (TarFixtureEntry | Buffer)[]; entries: readonly TarEntry[] }[] = [
    { what: 'a regular file', archive: [{ name: 'a', content: 'x' }], entries: [file('a', 1)] },
    { what: 'an empty file', archive: [{ name: 'a' }], entries: [file('a', 0)] },
    { what: 'the NUL type of old archives', archive: [{ name: 'a', type: '\0', content: 'x' }], entries: [file('a', 1)] },
    { what: 'a contiguous file', archive: [{ name: 'a', type: '7', content: 'x' }], entries: [file('a', 1)] },
    { what: 'a folder', archive: [{ name: 'a/', type: '5', mode: 0o755 }], entries: [file('a/', 0, { kind: 'directory', mode: 0o755 })] },
    { what: 'an old folder, told by its slash', archive: [{ name: 'a/' }], entries: [file('a/', 0, { kind: 'directory' })] },
    { what: 'a symbolic link', archive: [{ name: 'a', type: '2', link: '../b' }], entries: [file('a', 0, { kind: 'symbolic-link', linkTarget: '../b' })] },
    { what: 'a hard link', archive: [{ name: 'a', type: '1', link: 'b' }], entries: [file('a', 0, { kind: 'hard-link', linkTarget: 'b' })] },
    {
      what: 'a hard link whose header gives a size: it has no content all the same',
      archive: [{ name: 'a', type: '1', link: 'b', size: 700 }, { name: 'c', content: 'x' }],
      entries: [file('a', 0, { kind: 'hard-link', linkTarget: 'b' }), file('c', 1)],
    },
    { what: 'a device', archive: [{ name: 'a', type: '3' }], entries: [file('a', 0, { kind: 'other' })] },
    { what: 'an unknown type, whose content is passed over', archive: [{ name: 'a', type: 'Q', content: 'zzz' }, { name: 'b' }], entries: [file('a', 3, { kind: 'other' }), file('b', 0)] },
    { what: 'permission bits, set-user-id among them', archive: [{ name: 'a', mode: 0o4755 }], entries: [file('a', 0, { mode: 0o4755 })] },
    { what: 'the ustar prefix', archive: [{ name: 'b', overwrite: { 345: Buffer.from('some/prefix') } }], entries: [file('some/prefix/b', 0)] },
    {
      what: 'no prefix in the GNU format, where its bytes are times',
      archive: [{ name: 'b', overwrite: { 257: Buffer.from('ustar  \0'), 345: Buffer.from('14000000000') } }],
      entries: [file('b', 0)],
    },
    { what: 'a GNU long name', archive: [{ name: '././@LongLink', type: 'L', content: `${longName}\0` }, { name: 'short' }], entries: [file(longName, 0)] },
    {
      what: 'a GNU long link',
      archive: [{ name: '././@LongLink', type: 'K', content: `${longName}\0` }, { name: 'a', type: '2', link: 'short' }],
      entries: [file('a', 0, { kind: 'symbolic-link', linkTarget: longName })],
    },
    { what: 'a pax path', archive: [paxHeader({ path: `${longName}-ä` }), { name: 'short' }, { name: 'next' }], entries: [file(`${longName}-ä`, 0), file('next', 0)] },
    { what: 'a pax link path', archive: [paxHeader({ linkpath: longName }), { name: 'a', type: '2', link: 's' }], entries: [file('a', 0, { kind: 'symbolic-link', linkTarget: longName })] },
    { what: 'a pax size', archive: [paxHeader({ size: '3' }), tarEntry({ name: 'a', content: 'xyz', overwrite: { 124: Buffer.from('00000000000\0') } })], entries: [file('a', 3)] },
    { what: 'global pax headers, which name no file', archive: [paxHeader({ path: 'all' }, 'g'), { name: 'a' }], entries: [file('a', 0)] },
    { what: 'a base-256 size', archive: [{ name: 'a', content: 'xy', overwrite: { 124: base256(2, 12) } }], entries: [file('a', 2)] },
    { what: 'a GNU sparse file', archive: [{ name: 'a', type: 'S', content: 'xy' }, { name: 'b' }], entries: [file('a', 2, { isSparse: true }), file('b', 0)] },
    {
      what: 'a GNU sparse file with a continued map',
      archive: [
        tarEntry({ name: 'a', type: 'S', size: 2, overwrite: { 482: Buffer.from([1]) } }),
        Buffer.concat([Buffer.alloc(504), Buffer.from([1]), Buffer.alloc(7)]),
        Buffer.alloc(512),
        Buffer.concat([Buffer.from('xy'), Buffer.alloc(510)]),
        { name: 'b' },
      ],
      entries: [file('a', 2, { isSparse: true }), file('b', 0)],
    },
    {
      what: 'a pax sparse file under its real name',
      archive: [paxHeader({ 'GNU.sparse.major': '1', 'GNU.sparse.name': 'real' }), { name: 'GNUSparseFile.0/real', content: 'xy' }],
      entries: [file('real', 2, { isSparse: true })],
    },
    { what: 'what follows the end, which is not read', archive: [{ name: 'a' }, Buffer.alloc(1024), { name: 'b' }], entries: [file('a', 0)] },
  ];

  it.each(cases)('reads $what', ({ archive, entries }) => {
    expect(walk(tarArchive(archive)).entries).toEqual(entries);
  });

  it('gives the same however the bytes are cut', () => {
    const archive = tarArchive([
      { name: 'one', content: 'a'.repeat(1500) },
      { name: 'unwanted', content: 'b'.repeat(700) },
      paxHeader({ path: longName }),
      { name: 'x', content: 'c'.repeat(512) },
      { name: 'empty' },
    ]);
    const expected = { one: 'a'.repeat(1500), [longName]: 'c'.repeat(512), empty: '' };
    for (const chunkSize of [1, 7, 100, 511, 512, 513, 1024, 5000]) expect(walk(archive, chunkSize).contents).toEqual(expected);
  });

  it('accepts an archive that ends between two entries', () => {
    expect(walk(tarEntry({ name: 'a', content: 'x' })).contents).toEqual({ a: 'x' });
  });

  it('refuses an archive cut anywhere inside an entry', () => {
    const archive = tarEntry({ name: 'a', content: 'x'.repeat(600) });
    for (let length = 1; length < archive.length; length += 1) {
      expect(() => walk(archive.subarray(0, length)), `cut at ${length}`).toThrow('unexpected end of the tar archive');
    }
  });

  const damaged: readonly { what: string; archive: Buffer; message: string }[] = [
    { what: 'text that is no archive', archive: Buffer.from('no archive at all '.repeat(40)), message: 'not octal' },
    { what: 'a changed byte in a header', archive: Buffer.concat([Buffer.from('Z'), tarArchive([{ name: 'abc' }]).subarray(1)]), message: 'wrong checksum' },
    { what: 'a size that is not octal', archive: tarArchive([{ name: 'a', overwrite: { 124: Buffer.from('0000000zz\0') } }]), message: 'not octal' },
    { what: 'a negative size', archive: tarArchive([{ name: 'a', overwrite: { 124: Buffer.alloc(12, 0xff) } }]), message: 'negative' },
    { what: 'a size beyond counting', archive: tarArchive([{ name: 'a', overwrite: { 124: Buffer.from([0x80, 0, 0, 0, 0xff, 255, 255, 255, 255, 255, 255, 255]) } }]), message: 'too large' },
    { what: 'an entry after a single block of zeros', archive: tarArchive([Buffer.alloc(512), { name: 'a' }]), message: 'single block of zeros' },
    { what: 'a pax record of a wrong length', archive: tarArchive([{ name: 'p', type: 'x', content: '99 path=a\n' }, { name: 'a' }]), message: 'wrong length' },
    { what: 'a pax record without a key', archive: tarArchive([{ name: 'p', type: 'x', content: '8 hello\n' }, { name: 'a' }]), message: 'no key' },
    { what: 'a pax size that is no number', archive: tarArchive([paxHeader({ size: '-1' }), { name: 'a' }]), message: 'no number' },
    { what: 'an extended header without measure', archive: tarArchive([{ name: 'p', type: 'L', size: 1 << 21 }]), message: 'larger than 1 MiB' },
  ];

  it.each(damaged)('refuses $what', ({ archive, message }) => {
    expect(() => walk(archive)).toThrow(message);
  });

  it('refuses more entries than allowed', () => {
    expect(() => walk(tarArchive([{ name: 'a' }, { name: 'b' }, { name: 'c' }]), 1 << 20, 2)).toThrow('more than 2 entries');
  });
});
