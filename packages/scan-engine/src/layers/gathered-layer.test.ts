import { PassThrough, Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { GatheredLayer } from './gathered-layer.js';

const content = Buffer.from(Array.from({ length: 100_000 }, (_, index) => `line ${(index * 7919) % 10_007}\n`).join(''));
const chunkBytes = 64 * 1024;

/** The content as a socket gives it: pieces of any length, each in memory of its own. */
function pieces(lengths: readonly number[]): Buffer[] {
  const all: Buffer[] = [];
  for (let offset = 0, index = 0; offset < content.length; index += 1) {
    const length = lengths[index % lengths.length] ?? 1;
    const piece = Buffer.allocUnsafeSlow(Math.min(length, content.length - offset));
    content.copy(piece, 0, offset);
    all.push(piece);
    offset += length;
  }
  return all;
}

it.each([
  { what: 'small pieces', lengths: [1500, 16_384, 7] },
  { what: 'pieces of its own length', lengths: [chunkBytes] },
  { what: 'pieces that are longer', lengths: [200_000, 1] },
])('gives the bytes of $what in chunks of one length, using their memory again', async ({ lengths }) => {
  const gathered = new GatheredLayer(Readable.from(pieces(lengths)), chunkBytes);
  const chunks: Buffer[] = [];
  const memory = new Set<ArrayBufferLike>();
  await new Promise<void>((resolve, reject) => {
    gathered.on('data', (chunk: Buffer) => {
      chunks.push(Buffer.from(chunk));
      memory.add(chunk.buffer);
      gathered.recycle(chunk);
      gathered.pause();
      setImmediate(() => gathered.resume());
    });
    gathered.once('end', resolve).once('error', reject);
  });
  expect(Buffer.concat(chunks)).toEqual(content);
  expect(new Set(chunks.slice(0, -1).map(({ length }) => length))).toEqual(new Set([chunkBytes]));
  expect(memory.size).toBeLessThan(chunks.length);
});

it('takes no more than it may hold from a source that nobody reads from', () => {
  const source = new PassThrough({ highWaterMark: 8 * 1024 * 1024 });
  const gathered = new GatheredLayer(source, chunkBytes);
  for (let round = 0; round < 5; round += 1) for (const piece of pieces([16_384])) source.write(piece);
  gathered.read(0);
  expect(gathered.readableLength).toBeLessThanOrEqual(1024 * 1024);
  expect(source.readableLength).toBeGreaterThan(0);
  gathered.destroy();
});

it.each([
  { what: 'fails as its source does', fault: new Error('the connection was lost'), expected: new Error('the connection was lost') },
  { what: 'does not end where its source was closed before its end', fault: undefined, expected: new Error('The stream of the layer was closed before its end.') },
])('$what', async ({ fault, expected }) => {
  const source = new PassThrough();
  const gathered = new GatheredLayer(source, chunkBytes);
  const failed = new Promise((resolve) => gathered.once('error', resolve));
  source.write(Buffer.alloc(10));
  source.destroy(fault);
  expect(await failed).toEqual(expected);
});

it('closes its source when it is closed', async () => {
  const source = new PassThrough();
  const gathered = new GatheredLayer(source, chunkBytes);
  const closed = new Promise((resolve) => source.once('close', resolve));
  gathered.destroy();
  await closed;
  expect(source.destroyed).toBe(true);
});
