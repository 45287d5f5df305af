import { expect, test } from 'vitest';
import { writeTar } from './write-tar.js';

const AT = new Date('2026-01-01T00:00:00Z');

test('a header says what POSIX.1-1988 says it should', () => {
  const tar = writeTar([{ path: 'etc/name', kind: 'file', content: Buffer.from('hello\n') }], AT);
  const field = (start: number, length: number) => tar.toString('latin1', start, start + length);
  expect([field(0, 10), field(100, 8), field(124, 12), field(136, 12), field(156, 1), field(257, 8), field(512, 7)]).toEqual([
    'etc/name\0\0', '0000644\0', '00000000006\0', '15125334400\0', '0', 'ustar\x0000', 'hello\n\0',
  ]);
  expect(tar.length).toBe(512 * 4);
  expect(Number.parseInt(field(148, 6), 8)).toBe(tar.subarray(0, 512).reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0));
});

test('a long path is split over two fields; one that cannot be is refused', () => {
  const path = `${'a'.repeat(90)}/${'b'.repeat(90)}`;
  const tar = writeTar([{ path, kind: 'file' }], AT);
  expect([tar.toString('latin1', 345, 435), tar.toString('latin1', 0, 90)]).toEqual(['a'.repeat(90), 'b'.repeat(90)]);
  expect(() => writeTar([{ path: 'c'.repeat(101), kind: 'file' }], AT)).toThrow(RangeError);
});
