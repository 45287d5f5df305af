import { PassThrough, Readable } from 'node:stream';
import { constants, crc32, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chunksOf } from '../test-support/tar-fixture.js';
import { handlesAreUsable } from './handle-decompressor.js';
import { inflateLayer, type InflateOptions } from './inflate-layer.js';
import { backgroundDecompressor, handleDecompressor, streamDecompressor, uncheckedBackgroundDecompressor, uncheckedHandleDecompressor } from './layer-decompressor.js';

const content = Buffer.from(Array.from({ length: 40_000 }, (_, index) => `line ${(index * 7919) % 10_007}\n`).join(''));
const half = content.subarray(0, 100_001);
const rest = content.subarray(100_001);

async function inflateWith(stored: Buffer, chunkSize = 4096, options: Partial<InflateOptions> = {}): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await inflateLayer(Readable.from(chunksOf(stored, chunkSize), { objectMode: false }), {
    signal: new AbortController().signal,
    maximumLayerBytes: 1 << 30,
    maximumRatio: 100,
    ratioFloorBytes: 1 << 20,
    onBytes: (bytes) => chunks.push(Buffer.from(bytes)),
    onRead: () => undefined,
    ...options,
  });
  return Buffer.concat(chunks);
}

const forms: readonly { form: string; stored: Buffer }[] = [
  { form: 'plain', stored: content },
  { form: 'gzip', stored: gzipSync(content) },
  { form: 'gzip of two members', stored: Buffer.concat([gzipSync(half), gzipSync(rest)]) },
  { form: 'gzip with all fields its header may have', stored: gzipWithAllFields(content) },
  { form: 'gzip of two members, one with all fields', stored: Buffer.concat([gzipWithAllFields(half), gzipSync(rest)]) },
  { form: 'gzip with zeros after it', stored: Buffer.concat([gzipSync(content), Buffer.alloc(100)]) },
  { form: 'gzip with many zeros after it', stored: Buffer.concat([gzipSync(content), Buffer.alloc(300_000)]) },
  { form: 'zstd', stored: zstdCompressSync(content) },
  { form: 'zstd with checksum', stored: zstdCompressSync(content, { params: { [constants.ZSTD_c_checksumFlag]: 1 } }) },
  { form: 'zstd of two frames', stored: Buffer.concat([zstdCompressSync(half), zstdCompressSync(rest)]) },
  {
    form: 'zstd with skippable frames around',
    stored: Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 9]), zstdCompressSync(half), Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]), zstdCompressSync(rest)]),
  },
];

const implementations = [
  { implementation: 'the handle', decompressor: handleDecompressor, checksums: true },
  { implementation: 'the handle, without CRC-32', decompressor: uncheckedHandleDecompressor, checksums: false },
  { implementation: 'the handle on another thread', decompressor: backgroundDecompressor, checksums: true },
  { implementation: 'the handle on another thread, without CRC-32', decompressor: uncheckedBackgroundDecompressor, checksums: false },
  { implementation: 'the stream', decompressor: streamDecompressor, checksums: true },
];

it('uses the handle in the release line of Node.js that this project is built for', () => {
  expect([handlesAreUsable('gzip'), handlesAreUsable('zstd')]).toEqual([true, true]);
});

it('gives out all that was uncompressed ahead before it tells of a damage', async () => {
  const long = Buffer.concat(Array.from({ length: 48 }, () => content));
  const parts: Buffer[] = [];
  const stored = Buffer.concat([gzipSync(long), Buffer.from('garbage')]);
  const reading = inflateWith(stored, 300_000, { decompressor: uncheckedBackgroundDecompressor, maximumRatio: 10_000, onBytes: (bytes) => parts.push(Buffer.from(bytes)) });
  await expect(reading).rejects.toThrow('incorrect header check');
  expect(Buffer.concat(parts).equals(long)).toBe(true);
});

describe.each(implementations)('inflateLayer through $implementation', ({ decompressor, checksums }) => {
  const inflate = (stored: Buffer, chunkSize?: number, options: Partial<InflateOptions> = {}) => inflateWith(stored, chunkSize, { decompressor, ...options });

  it.each(forms)('reads $form', async ({ stored }) => {
    for (const chunkSize of [stored.length, 4096, 1000]) expect(await inflate(stored, chunkSize)).toEqual(content);
  });

  it('reads more than its buffers hold', async () => {
    const long = Buffer.concat(Array.from({ length: 12 }, (_, index) => Buffer.concat([Buffer.from(`part ${index}`), content])));
    for (const compress of [gzipSync, zstdCompressSync]) expect((await inflate(compress(long), 300_000, { maximumRatio: 10_000 })).equals(long)).toBe(true);
  });

  it('gives the memory of each chunk back once it needs it no longer, in their order', async () => {
    for (const compress of [gzipSync, zstdCompressSync]) {
      const chunks: readonly Buffer[] = [...chunksOf(compress(content), 1000)].map((chunk) => Buffer.from(chunk));
      const recycled: number[] = [];
      const source = Object.assign(Readable.from(chunks), {
        recycle: (chunk: Buffer) => {
          recycled.push(chunks.indexOf(chunk));
          chunk.fill(0xff);
        },
      });
      const parts: Buffer[] = [];
      await inflateLayer(source, {
        signal: new AbortController().signal,
        maximumLayerBytes: 1 << 30,
        maximumRatio: 100,
        ratioFloorBytes: 1 << 20,
        decompressor,
        onBytes: (bytes) => parts.push(Buffer.from(bytes)),
        onRead: () => undefined,
      });
      expect(Buffer.concat(parts)).toEqual(content);
      expect(recycled).toEqual([...chunks.keys()]);
    }
  });

  it('reads its source to the end, whatever follows the compressed stream', async () => {
    const stored = Buffer.concat([gzipSync(content), Buffer.alloc(300_000)]);
    let bytesRead = 0;
    await inflate(stored, 1000, { onRead: (byteCount) => (bytesRead += byteCount) });
    expect(bytesRead).toBe(stored.length);
  });

  it('reads what comes byte by byte', async () => {
    const [left, right] = [Buffer.from('left, '), Buffer.from('right')];
    for (const compress of [gzipSync, zstdCompressSync]) {
      const stored = Buffer.concat([compress(left), compress(right)]);
      expect((await inflate(stored, 1)).toString()).toBe('left, right');
    }
  });

  it('reads a source without bytes as an empty plain archive', async () => {
    expect(await inflate(Buffer.alloc(0))).toEqual(Buffer.alloc(0));
  });

  const damaged: readonly { what: string; stored: Buffer; message: string }[] = [
    { what: 'gzip cut short', stored: gzipSync(content).subarray(0, -5), message: 'unexpected end of file' },
    { what: 'gzip cut in its second member', stored: Buffer.concat([gzipSync(half), gzipSync(rest).subarray(0, 12)]), message: 'unexpected end of file' },
    { what: 'gzip with garbage after it', stored: Buffer.concat([gzipSync(content), Buffer.from('garbage')]), message: 'incorrect header check' },
    ...(checksums ? [{ what: 'gzip with a changed byte', stored: changed(gzipSync(content)), message: 'the gzip stream is damaged' }] : []),
    { what: 'gzip whose length is another', stored: withByte(gzipSync(content), -4, 0), message: 'incorrect length check' },
    { what: 'gzip of another method', stored: withByte(gzipSync(content), 2, 7), message: 'unknown compression method' },
    { what: 'gzip with a flag of no meaning', stored: withByte(gzipSync(content), 3, 0x80), message: 'unknown header flags set' },
    { what: 'zstd cut short', stored: zstdCompressSync(content).subarray(0, -1), message: 'unexpected end' },
    { what: 'zstd with garbage after it', stored: Buffer.concat([zstdCompressSync(content), Buffer.from('garbage')]), message: 'begin no other frame' },
    { what: 'xz', stored: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0]), message: 'compressed with xz' },
    { what: 'bzip2', stored: Buffer.from('BZh91AY&SY'), message: 'compressed with bzip2' },
  ];

  it.each(damaged)('refuses $what', async ({ stored, message }) => {
    await expect(inflate(stored)).rejects.toThrow(message);
  });

  it('never ends well on a cut gzip stream, wherever it is cut', async () => {
    const stored = gzipSync('some text that is long enough');
    for (let length = 6; length < stored.length; length += 1) {
      await expect(inflate(stored.subarray(0, length)), `cut at ${length}`).rejects.toThrow('unexpected end of file');
    }
  });

  it('takes deflate without a gzip header for plain bytes, which the tar walker then refuses', async () => {
    const stored = deflateSync('x');
    expect(await inflate(stored)).toEqual(stored);
  });

  it('refuses more output than allowed', async () => {
    await expect(inflate(gzipSync(content), 4096, { maximumLayerBytes: 1000 })).rejects.toThrow('larger than 1000 bytes');
  });

  it('refuses output out of proportion to its input', async () => {
    const stored = Buffer.concat(Array.from({ length: 4 }, () => gzipSync(Buffer.alloc(1 << 20))));
    await expect(inflate(stored, 4096, { onBytes: () => undefined })).rejects.toThrow('more than 100 times');
  });

  it('passes errors of the source through unchanged', async () => {
    const failure = new Error('connection reset');
    const source = new PassThrough();
    source.write(gzipSync(content).subarray(0, 100));
    const reading = inflateLayer(source, {
      signal: new AbortController().signal,
      maximumLayerBytes: 1 << 30,
      maximumRatio: 100,
      ratioFloorBytes: 1 << 20,
      decompressor,
      onBytes: () => undefined,
      onRead: () => source.destroy(failure),
    });
    await expect(reading).rejects.toBe(failure);
  });

  it('stops and closes the source when cancelled', async () => {
    const source = new PassThrough();
    const controller = new AbortController();
    source.write(content.subarray(0, 1000));
    const reading = inflateLayer(source, {
      signal: controller.signal,
      maximumLayerBytes: 1 << 30,
      maximumRatio: 100,
      ratioFloorBytes: 1 << 20,
      decompressor,
      onBytes: () => controller.abort(),
      onRead: () => undefined,
    });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(source.destroyed).toBe(true);
  });

  it('ends with what the consumer throws, and closes the source', async () => {
    const source = Readable.from(chunksOf(gzipSync(content), 1000), { objectMode: false });
    const failure = new Error('full');
    const reading = inflateLayer(source, {
      signal: new AbortController().signal,
      maximumLayerBytes: 1 << 30,
      maximumRatio: 100,
      ratioFloorBytes: 1 << 20,
      decompressor,
      onBytes: () => {
        throw failure;
      },
      onRead: () => undefined,
    });
    await expect(reading).rejects.toBe(failure);
    expect(source.destroyed).toBe(true);
  });
});

function changed(stored: Buffer): Buffer {
  const copy = Buffer.from(stored);
  const middle = copy.length >> 1;
  copy.writeUInt8(copy.readUInt8(middle) ^ 0x10, middle);
  return copy;
}

function withByte(stored: Buffer, position: number, value: number): Buffer {
  return Buffer.from(stored.with(position, value));
}

/** RFC 1952, 2.3: extra field, name, comment and checksum of the header. */
function gzipWithAllFields(bytes: Buffer): Buffer {
  const header = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 255, 3, 0]), Buffer.from('abclayer.tar\0a comment\0', 'latin1')]);
  const checksum = Buffer.alloc(2);
  checksum.writeUInt16LE(crc32(header) & 0xffff);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([header, checksum, deflateRawSync(bytes), trailer]);
}
