import { randomBytes } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chunksOf } from '../test-support/tar-fixture.js';
import { ZstdFrameSplitter } from './zstd-frames.js';

const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
const emptySkippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
const contents = [Buffer.from('hello '), Buffer.alloc(0), Buffer.alloc(400_000, 'run '), randomBytes(300_000), Buffer.from('world')];
const frames = contents.map((content) => zstdCompressSync(content));

function split(bytes: Buffer, chunkSize: number): Buffer[] {
  const splitter = new ZstdFrameSplitter();
  const parts = [...chunksOf(bytes, chunkSize)].flatMap((chunk) => splitter.split(chunk));
  splitter.end();
  return parts;
}

describe('ZstdFrameSplitter', () => {
  it('begins a part of its own with every frame', () => {
    expect(split(Buffer.concat(frames), 1 << 30)).toEqual(frames);
  });

  it('takes skippable frames out', () => {
    const [first, , , , last] = frames as [Buffer, Buffer, Buffer, Buffer, Buffer];
    expect(split(Buffer.concat([skippable, first, emptySkippable, skippable, last, skippable]), 1 << 30)).toEqual([first, last]);
  });

  it.each([1, 2, 3, 5, 1000, 4096])('loses nothing when bytes come %i at a time', (chunkSize) => {
    const bytes = Buffer.concat([skippable, ...frames, skippable]);
    // The command-line tool and Node both accept concatenated frames as one content when given them whole.
    expect(Buffer.concat(split(bytes, chunkSize))).toEqual(Buffer.concat(frames));
    expect(Buffer.concat(frames.map((frame) => zstdDecompressSync(frame)))).toEqual(Buffer.concat(contents));
  });

  it('refuses a stream that ends inside a frame, and bytes that begin none', () => {
    const [frame] = frames as [Buffer];
    expect(() => split(frame.subarray(0, -1), 64)).toThrow('unexpected end of the zstd stream');
    expect(() => split(Buffer.concat([frame, Buffer.from('garbage')]), 64)).toThrow('begin no other frame');
  });
});
