import { describe, expect, it } from 'vitest';
import { message } from './backend-messages.js';
import { FrontendFrameReader, ProtocolViolation, type FrontendFrame } from './frontend-frames.js';

const body = (value: string): Buffer => Buffer.from(value);
const wire = Buffer.concat([message('Q', body('select 1\0')), message('S'), message('P', body('a\0b\0'))]);
const frames = [
  ['Q', 'select 1\0'],
  ['S', ''],
  ['P', 'a\0b\0'],
];

function readAll(reader: FrontendFrameReader): FrontendFrame[] {
  const read: FrontendFrame[] = [];
  for (let frame = reader.next(); frame !== undefined; frame = reader.next()) read.push(frame);
  return read;
}

const shown = (read: readonly FrontendFrame[]): string[][] =>
  read.map((frame) => [String.fromCharCode(frame.type), frame.body.toString()]);

describe('FrontendFrameReader', () => {
  it('gives the same messages wherever the bytes are cut', () => {
    for (let cut = 0; cut <= wire.byteLength; cut += 1) {
      const reader = new FrontendFrameReader(1000);
      reader.startupFinished();
      reader.push(wire.subarray(0, cut));
      const early = readAll(reader);
      reader.push(wire.subarray(cut));
      expect(shown([...early, ...readAll(reader)])).toEqual(frames);
    }
  });

  it('gives the same messages when every byte comes alone', () => {
    const reader = new FrontendFrameReader(1000);
    reader.startupFinished();
    const read: FrontendFrame[] = [];
    for (const byte of wire) {
      reader.push(Buffer.from([byte]));
      read.push(...readAll(reader));
    }
    expect(shown(read)).toEqual(frames);
  });

  it('reads messages without a type letter until the start-up is finished', () => {
    const reader = new FrontendFrameReader(1000);
    reader.push(Buffer.concat([Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]), message('S')]));
    expect(reader.next()).toEqual({ type: 0, body: Buffer.from([4, 210, 22, 47]) });
    reader.startupFinished();
    expect(shown(readAll(reader))).toEqual([['S', '']]);
  });

  it.each([
    ['too small a length', Buffer.from([0x51, 0, 0, 0, 3])],
    ['a negative length', Buffer.from([0x51, 0xff, 0xff, 0xff, 0xff])],
    ['a length over the limit', Buffer.from([0x51, 0, 0, 4, 0])],
  ])('refuses %s as soon as it is known', (_what, bytes) => {
    const reader = new FrontendFrameReader(1000);
    reader.startupFinished();
    reader.push(bytes);
    expect(() => reader.next()).toThrow(ProtocolViolation);
  });
});
