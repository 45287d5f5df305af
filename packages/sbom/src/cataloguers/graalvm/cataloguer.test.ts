import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf } from '../../test-support/catalogue-fixture.js';
import { elfBase, elfFile, elfSegmentStart, type ElfFixture } from '../../test-support/elf-fixture.js';
import { NativeImageScanner } from './native-image-scanner.js';
import { parseNativeSbom } from './parse-native-sbom.js';

const fixture = (name: string): Buffer => readFileSync(path.join(import.meta.dirname, 'fixtures', name));

/** The parts of the real file in their places. */
function realImage(): Buffer {
  const parts = gunzipSync(fixture('libmesmo.parts.gz'));
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

function scanned(image: Buffer, pieceBytes = 65_536): ReturnType<NativeImageScanner['finish']> {
  const scanner = NativeImageScanner.of(image.subarray(0, 64));
  for (let at = 0; at < image.length; at += pieceBytes) if (scanner?.push(image.subarray(at, at + pieceBytes)) !== true) break;
  return scanner?.finish() ?? {};
}

describe('GraalVM native images', () => {
  it('give the libraries of the SBOM inside a real one', async () => {
    const { components, unknowns } = await catalogueOf([[{ name: 'opt/libmesmo.so', content: realImage() }]]);
    expect(components.map(({ packageUrl }) => packageUrl).toSorted()).toEqual(z.array(z.string()).parse(JSON.parse(fixture('libmesmo.expected.json').toString())).toSorted());
    expect(components.find(({ packageUrl }) => packageUrl === 'pkg:maven/com.fasterxml.jackson.core/jackson-databind@2.21.0')).toMatchObject({
      ecosystem: 'maven',
      name: 'com.fasterxml.jackson.core:jackson-databind',
      locations: [{ path: '/opt/libmesmo.so' }],
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
