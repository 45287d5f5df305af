import { randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { EntryInflater } from './entry-inflater.js';

const content = Buffer.from(JSON.stringify(Array.from({ length: 2_000 }, (_, index) => ({ id: `A-${index}` }))));

/** What Node's own function makes of the same input. */
function witness(data: Buffer, maximumBytes: number): string {
  try {
    return inflateRawSync(data, { maxOutputLength: maximumBytes }).toString('latin1');
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  }
}

function unfolded(inflater: EntryInflater, data: Buffer, maximumBytes: number): string {
  try {
    return inflater.unfold(data, maximumBytes).toString('latin1');
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  }
}

test('works where the tests run, or the handle is of no use', () => {
  expect(EntryInflater.works()).toBe(true);
});

test('the same as inflateRawSync, for good, damaged, cut-off and oversized input in any order', () => {
  using inflater = new EntryInflater();
  const deflated = deflateRawSync(content);
  const large = deflateRawSync(Buffer.concat([randomBytes(400_000), Buffer.alloc(2_000_000)]));
  const inputs: Buffer[] = [Buffer.alloc(0), deflateRawSync(Buffer.alloc(0)), deflated, large, deflated];
  for (let index = 0; index < deflated.length; index += 7) {
    const flipped = Buffer.from(deflated);
    flipped.writeUInt8(flipped.readUInt8(index) ^ (1 << index % 8), index);
    inputs.push(flipped, deflated, deflated.subarray(0, index), deflated);
  }
  const wrong = inputs.flatMap((input, index) => [10_000, 3_000_000].flatMap((limit) => (unfolded(inflater, input, limit) === witness(input, limit) ? [] : [{ index, limit }])));
  expect(wrong).toEqual([]);
  expect(inputs.length).toBeGreaterThan(1_000);
}, 60_000);
