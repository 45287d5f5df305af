import { describe, expect, it } from 'vitest';
import { BatchBuilder, type Batch } from './frontend-batch.js';
import { ProtocolViolation, type FrontendFrame } from './frontend-frames.js';

const frame = (type: string, body = ''): FrontendFrame => ({ type: type.charCodeAt(0), body: Buffer.from(body) });
const LONG = 'n'.repeat(60);

/** A batch as `type body` lines, with zero bytes shown as `|`. */
function shown(batch: Batch | undefined): string[] {
  const bytes = Buffer.from(batch?.bytes ?? new ArrayBuffer(0));
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.byteLength; ) {
    const end = offset + 1 + bytes.readInt32BE(offset + 1);
    const body = bytes.toString('utf8', offset + 5, end).replaceAll('\0', '|');
    lines.push(`${String.fromCharCode(bytes.readUInt8(offset))} ${body}`);
    offset = end;
  }
  return lines;
}

function build(...frames: FrontendFrame[]): Batch | undefined {
  const builder = new BatchBuilder('c7_', 10_000);
  let batch: Batch | undefined;
  for (const each of frames) batch = builder.add(each);
  return batch;
}

describe('BatchBuilder', () => {
  it.each([
    ['Q', 'select 1\0', 'query'],
    ['S', '', 'sync'],
    ['H', '', 'flush'],
    ['F', 'xxxx', 'query'],
  ])('ends a batch at %s', (type, body, end) => {
    expect(build(frame(type, body))?.end).toBe(end);
  });

  it('puts the prefix of the connection before every statement name and leaves portals alone', () => {
    const batch = build(
      frame('P', 'p1\0select $1\0\0\0'),
      frame('B', 'portal\0p1\0rest'),
      frame('D', 'Sp1\0'),
      frame('D', 'Pportal\0'),
      frame('E', 'portal\0\0\0\0\0'),
      frame('C', 'Sp1\0'),
      frame('S'),
    );
    expect(shown(batch)).toEqual([
      'P c7_p1|select $1|||',
      'B portal|c7_p1|rest',
      'D Sc7_p1|',
      'D Pportal|',
      'E portal|||||',
      'C Sc7_p1|',
      'S ',
    ]);
  });

  it('leaves the unnamed statement unnamed, and knows when it is not this batch that parsed it', () => {
    const parsed = build(frame('P', '\0select 1\0\0\0'), frame('B', '\0\0'), frame('S'));
    expect(shown(parsed)).toEqual(['P |select 1|||', 'B ||', 'S ']);
    expect([parsed?.parsesUnnamed, parsed?.reusesUnnamed]).toEqual([true, false]);
    const reused = build(frame('B', '\0\0'), frame('S'));
    expect([reused?.parsesUnnamed, reused?.reusesUnnamed]).toEqual([false, true]);
  });

  it('keeps long names apart that PostgreSQL would cut to the same', () => {
    const names = ['a', 'b'].map((end) => shown(build(frame('P', `${LONG}${end}\0select 1\0\0\0`), frame('S')))[0]?.slice(2).split('|')[0]);
    expect(names[0]).not.toBe(names[1]);
    expect(names.map((name) => Buffer.byteLength(name ?? ''))).toEqual([46, 46]);
  });

  it.each([
    [[frame('Q', 'copy t from stdin\0')], true],
    [[frame('Q', 'COPY t FROM\n STDIN\0')], true],
    [[frame('Q', 'copy t to stdout\0')], false],
    [[frame('P', '\0copy t from stdin\0\0\0'), frame('S')], true],
    [[frame('P', 'a\0copy t from stdin\0\0\0'), frame('P', 'b\0select 1\0\0\0'), frame('S')], true],
  ])('suspects COPY FROM STDIN in %#', (frames, expected) => {
    expect(build(...frames)?.mayCopyIn).toBe(expected);
  });

  it('remembers which prepared statement copies in, over batches', () => {
    const builder = new BatchBuilder('c7_', 10_000);
    builder.add(frame('P', 'load\0copy t from stdin\0\0\0'));
    builder.add(frame('S'));
    builder.add(frame('B', '\0load\0'));
    expect(builder.add(frame('S'))?.mayCopyIn).toBe(true);
    builder.add(frame('C', 'Sload\0'));
    expect(builder.add(frame('S'))?.mayCopyIn).toBe(false);
  });

  it('lists what is prepared, as the engine knows it', () => {
    const builder = new BatchBuilder('c7_', 10_000);
    for (const name of ['a', 'b', '']) builder.add(frame('P', `${name}\0select 1\0\0\0`));
    builder.add(frame('C', 'Sa\0'));
    expect(builder.preparedNames()).toEqual(['c7_b']);
  });

  it('ignores copy data of a client that was refused', () => {
    expect(shown(build(frame('d', 'data'), frame('c'), frame('f', 'x\0'), frame('S')))).toEqual(['S ']);
  });

  it.each([
    ['an unknown type', [frame('!')]],
    ['an unterminated name', [frame('P', 'name')]],
    ['too much before a Sync', [frame('P', `\0${'x'.repeat(9000)}\0\0\0`), frame('P', `\0${'x'.repeat(9000)}\0\0\0`)]],
  ])('refuses %s', (_what, frames) => {
    expect(() => build(...frames)).toThrow(ProtocolViolation);
  });
});
