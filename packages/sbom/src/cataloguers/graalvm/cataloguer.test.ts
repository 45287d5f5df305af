import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf } from '../../test-support/catalogue-fixture.js';
import type { Extraction } from '../cataloguer.js';
import { elfBase, elfFile, elfSegmentStart, type ElfFixture } from '../../test-support/elf-fixture.js';
import { exportedAddress } from './mach-exports.js';
import { nativeImageScanner } from './native-image-scanner.js';
import { parseNativeSbom, type NativeLibrary } from './parse-native-sbom.js';

const fixture = (name: string): Buffer => readFileSync(path.join(import.meta.dirname, 'fixtures', name));

/** The parts of a real file in their places. */
function realImage(name: string): Buffer {
  const parts = gunzipSync(fixture(`${name}.parts.gz`));
  const placed: { readonly offset: number; readonly content: Buffer }[] = [];
  for (let at = 0; at < parts.length; ) {
    const length = parts.readUInt32LE(at + 4);
    placed.push({ offset: parts.readUInt32LE(at), content: parts.subarray(at + 8, at + 8 + length) });
    at += 8 + length;
  }
  const image = Buffer.alloc(Math.max(...placed.map(({ offset, content }) => offset + content.length)));
  for (const { offset, content } of placed) content.copy(image, offset);
  return image;
}

const expectedOf = (name: string): readonly string[] => z.array(z.string()).parse(JSON.parse(fixture(`${name}.expected.json`).toString()));

const document = (components: readonly unknown[]): Buffer => gzipSync(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.4', components }));
const library = document([{ group: 'org.x', name: 'lib', version: '1' }]);

interface NativeImage extends Pick<ElfFixture, 'bits' | 'byteOrder'> {
  readonly sbom: Buffer;
  readonly length?: number;
  readonly names?: readonly string[];
}

/** A program as a linker makes one: exported symbols first, code, the table for the dynamic linker, data. */
function nativeImage({ sbom, length = sbom.length, names = ['sbom', 'sbom_length'], bits = 64, byteOrder = 'little' }: NativeImage): Buffer {
  const width = bits / 8;
  const number = (value: number, bytes: number): Buffer => {
    const written = Buffer.alloc(bytes);
    written.writeUIntBE(value, bytes - Math.min(bytes, 6), Math.min(bytes, 6));
    return byteOrder === 'big' ? written : written.reverse();
  };
  const word = (value: number): Buffer => number(value, width);
  const texts = Buffer.from(`\0${names.join('\0')}\0`);
  const symbolBytes = bits === 64 ? 24 : 16;
  const symbolsBytes = symbolBytes * (names.length + 1);
  const symbolsAt = elfBase + elfSegmentStart;
  const readOnlyBytes = 400_000;
  const dynamicAt = symbolsAt + readOnlyBytes;
  const dynamic = Buffer.concat([5, symbolsAt + symbolsBytes, 6, symbolsAt, 10, texts.length, 0, 0].map(word));
  const lengthAt = dynamicAt + dynamic.length;
  const addresses = [lengthAt + width, lengthAt];
  const symbols = names.map((name, index) => {
    const symbol = Buffer.alloc(symbolBytes);
    number(texts.indexOf(`\0${name}\0`) + 1, 4).copy(symbol);
    word(addresses[index] ?? 0).copy(symbol, width === 8 ? 8 : 4);
    return symbol;
  });
  const tables = Buffer.concat([Buffer.alloc(symbolBytes), ...symbols, texts]);
  return elfFile({
    bits,
    byteOrder,
    segments: [
      { content: Buffer.concat([tables, Buffer.alloc(readOnlyBytes - tables.length)]), isWritable: false },
      { content: dynamic, isWritable: true, kind: 2 },
      { content: Buffer.concat([word(length), sbom]), isWritable: true },
    ],
  });
}

function scanned(image: Buffer, pieceBytes = 65_536): Extraction<readonly NativeLibrary[]> {
  const scanner = nativeImageScanner(image.subarray(0, 64));
  for (let at = 0; at < image.length; at += pieceBytes) if (scanner?.push(image.subarray(at, at + pieceBytes)) !== true) break;
  return scanner?.finish() ?? {};
}

describe('GraalVM native images', () => {
  it.each([
    ['Linux', 'libmesmo.so', 'libmesmo', 'libmesmo'],
    ['Windows', 'libmesmo.dll', 'libmesmo-dll', 'libmesmo'],
    ['macOS', 'libmesmo.dylib', 'libmesmo-dylib', 'libmesmo-dylib'],
  ])('give the libraries of the SBOM inside a real one of %s', async (_system, file, parts, expected) => {
    const { components, unknowns } = await catalogueOf([[{ name: `opt/${file}`, content: realImage(parts) }]]);
    expect(components.map(({ packageUrl }) => packageUrl).toSorted()).toEqual(expectedOf(expected).toSorted());
    expect(components.find(({ packageUrl }) => packageUrl === 'pkg:maven/com.fasterxml.jackson.core/jackson-databind@2.21.0')).toMatchObject({
      ecosystem: 'maven',
      name: 'com.fasterxml.jackson.core:jackson-databind',
      locations: [{ path: `/opt/${file}` }],
      evidence: { technique: 'attestation', confidence: 0.6 },
      cataloguer: 'graalvm',
    });
    expect(unknowns).toEqual([]);
  });

  it.each([
    [64, 'little', 1000],
    [64, 'little', 1_000_000],
    [64, 'big', 65_536],
    [32, 'little', 65_536],
  ] as const)('of %d bits, %s-endian, are read in pieces of %d bytes', (bits, byteOrder, pieceBytes) => {
    const image = Buffer.concat([nativeImage({ sbom: library, bits, byteOrder }), Buffer.alloc(1000)]);
    expect(scanned(image, pieceBytes)).toEqual({ fact: [{ name: 'org.x:lib', version: '1', packageUrl: 'pkg:maven/org.x/lib@1' }] });
  });

  it('count where no package of the system owns the file, and belong to the package of a language that does', async () => {
    const content = Buffer.concat([nativeImage({ sbom: library }), Buffer.alloc(700_000)]);
    const owned = await catalogueOf([
      [
        { name: 'var/lib/dpkg/status', content: 'Package: x\nStatus: install ok installed\nVersion: 1\n' },
        { name: 'var/lib/dpkg/info/x.list', content: '/usr/bin/app\n' },
        { name: 'usr/bin/app', content },
      ],
    ]);
    expect(owned.components.map(({ packageUrl }) => packageUrl)).toEqual(['pkg:deb/x@1']);
    const bundled = await catalogueOf([
      [
        { name: 'site-packages/wheel-1.dist-info/METADATA', content: 'Name: wheel\nVersion: 1\n' },
        { name: 'site-packages/wheel-1.dist-info/RECORD', content: 'wheel/lib.so,,\n' },
        { name: 'site-packages/wheel/lib.so', content },
      ],
    ]);
    expect(bundled.relationships).toEqual([{ from: 'pkg:pypi/wheel@1', to: 'pkg:maven/org.x/lib@1', kind: 'owns' }]);
  });

  it.each<[string, Partial<NativeImage>]>([
    ['says it is longer than the file', { length: 2 ** 40 }],
    ['says it is empty', { length: 0 }],
    ['ends before its own end', { length: library.length - 9 }],
    ['is no gzip', { sbom: Buffer.alloc(3000, 7) }],
    ['is no JSON', { sbom: gzipSync('{') }],
    ['is no SBOM', { sbom: gzipSync('{"components":[]}') }],
    ['unpacks to a hundred megabytes', { sbom: gzipSync(Buffer.alloc(100_000_000, ' ')) }],
    ['is a list of too many', { sbom: document(Array.from({ length: 20_001 }, () => ({}))) }],
  ])('with an SBOM that %s make the result incomplete', (_what, image) => {
    expect(scanned(nativeImage({ sbom: library, ...image }))).toEqual({
      diagnostics: [{ code: 'graalvm-sbom-unreadable', severity: 'incomplete', message: 'The SBOM in the native image cannot be read.' }],
    });
  });

  it('that are cut off within their SBOM make the result incomplete', () => {
    const image = nativeImage({ sbom: library });
    expect(scanned(image.subarray(0, image.indexOf(library) + 30)).diagnostics).toMatchObject([{ code: 'graalvm-sbom-unreadable' }]);
  });

  it.each([
    ['have neither symbol', ['other', 'sbom_lengths']],
    ['have one of the symbols', ['other', 'sbom_length']],
  ])('that %s have no SBOM', (_what, names) => {
    expect(scanned(nativeImage({ sbom: library, names }))).toEqual({});
  });
});

describe('native images of Windows and macOS', () => {
  /** Where real bytes are that the rows below change. */
  const places = {
    'libmesmo-dll': { length: 0x1ffd078, names: 0x1ff3c20, end: 0x2000000 },
    'libmesmo-dylib': { length: 0x1e34878, names: 0x3939240, end: 0x3939f98 },
  } as const;

  function changed(name: keyof typeof places, change: (image: Buffer, place: (typeof places)[keyof typeof places]) => void): Buffer {
    const image = realImage(name);
    change(image, places[name]);
    return image;
  }

  const unreadable = { diagnostics: [{ code: 'graalvm-sbom-unreadable', severity: 'incomplete', message: 'The SBOM in the native image cannot be read.' }] };

  describe.each(['libmesmo-dll', 'libmesmo-dylib'] as const)('such as %s', (name) => {
    it.each([997, 4096, 1_000_000])('are read in pieces of %d bytes', (pieceBytes) => {
      expect(scanned(realImage(name), pieceBytes).fact?.length).toBe(56);
    });

    it.each([
      ['says it is longer than the file', 2n ** 40n],
      ['says it is empty', 0n],
      ['ends before its own end', 100n],
    ])('with an SBOM that %s make the result incomplete', (_what, length) => {
      expect(scanned(changed(name, (image, place) => image.writeBigUInt64LE(length, place.length)))).toEqual(unreadable);
    });

    it('that do not export its length have no SBOM', () => {
      expect(scanned(changed(name, (image, place) => image.fill('x', image.indexOf('_length\0', place.names), image.indexOf('_length\0', place.names) + 7)))).toEqual({});
    });

    it.each([64, 5000])('that are cut off within %d bytes of their headers have none', (left) => {
      expect(scanned(realImage(name).subarray(0, left))).toEqual({});
    });

    it('with exports of nothing but ones or zeros have none', () => {
      for (const byte of [0, 0xff]) expect(scanned(changed(name, (image, place) => image.fill(byte, place.names, place.names + 3000)))).toEqual({});
    });
  });

  it('of Windows without their last bytes make the result incomplete', () => {
    expect(scanned(realImage('libmesmo-dll').subarray(0, 0x1ffef20 + 100))).toEqual(unreadable);
  });

  it('for several architectures give what they hold together', () => {
    const image = realImage('libmesmo-dylib');
    const header = Buffer.alloc(4096);
    [0xcafebabe, 2, 0x100000c, 0, header.length, image.length, 14, 0x1000007, 3, header.length + image.length, image.length, 14].forEach((value, index) => header.writeUInt32BE(value, 4 * index));
    expect(scanned(Buffer.concat([header, image, image])).fact?.map(({ packageUrl }) => packageUrl).toSorted()).toEqual(expectedOf('libmesmo-dylib').toSorted());
  });
});

describe('exportedAddress', () => {
  const label = (text: string, node: number): readonly number[] => [...Buffer.from(`${text}\0`, 'latin1'), node];

  it.each<[string, readonly number[], number | undefined]>([
    ['is that behind the flags', [0, 1, ...label('_a', 6), 3, 0, 0x80, 0x02, 0], 0x100],
    ['is none of a name that only begins so', [0, 1, ...label('_ab', 7), 2, 0, 1, 0], undefined],
    ['is none of a symbol from another library', [0, 1, ...label('_a', 6), 3, 8, 1, 0, 0], undefined],
    ['is none where a node leads to itself by no text', [0, 1, ...label('', 0)], undefined],
    ['is none behind the end', [0, 1, ...label('_a', 127)], undefined],
    ['is none where a number does not end', [0, 1, ...label('_a', 6), ...Array.from({ length: 20 }, () => 0xff)], undefined],
  ])('%s', (_what, trie, address) => {
    expect(exportedAddress(Buffer.from(trie), '_a')).toBe(address);
  });
});

describe('parseNativeSbom', () => {
  it('takes coordinates where there is no package URL, and leaves out modules of the runtime and what has no version', () => {
    const entries = [
      { group: 'com.google.guava', name: 'guava', version: '33.4.8-jre' },
      { group: 'java.sql', name: 'sql', version: '11.0.20' },
      { group: 'org.x', name: 'unversioned' },
      { name: 'groupless', version: '1' },
      { purl: 'no package URL', name: 'x', version: '1' },
      7,
      { group: 'com.oracle', name: 'Oracle GraalVM', version: '25', cpe: 'cpe:2.3:a:oracle:graalvm_for_jdk:25:*:*:*:*:*:*:*' },
    ];
    expect(parseNativeSbom(document(entries)).map(({ packageUrl }) => packageUrl)).toEqual([
      'pkg:maven/com.google.guava/guava@33.4.8-jre',
      'pkg:generic/groupless@1',
      'pkg:generic/Oracle%20GraalVM@25',
    ]);
  });

  it('joins the same library named twice', () => {
    const entry = { purl: 'pkg:maven/x/a@1', group: 'x', name: 'a', version: '1' };
    expect(parseNativeSbom(document([entry, entry])).map(({ name }) => name)).toEqual(['x:a']);
  });
});
