import { describe, expect, it } from 'vitest';
import { SparseContent } from './sparse-content.js';

const mebibyte = 1024 * 1024;

describe('SparseContent', () => {
  it.each([
    ['at the beginning', 0],
    ['across two blocks', mebibyte - 3],
    ['at the end of a block', mebibyte - 8],
    ['far behind nothing', 90 * mebibyte + 5],
  ])('gives back what was written %s', (_where, position) => {
    const content = new SparseContent();
    content.write(Buffer.from('content'), position);
    content.write(Buffer.from('.'), position + 7);
    expect(content.read(position, position + 8).toString()).toBe('content.');
    expect(content.read(position + 2, position + 4).toString()).toBe('nt');
    expect(content.read(position, position)).toHaveLength(0);
    content.release();
  });

  it('takes what is longer than a block', () => {
    const content = new SparseContent();
    const bytes = Buffer.from(Array.from({ length: 3 * mebibyte }, (_, index) => (index * 31 + (index >> 12)) & 0xff));
    content.write(bytes, 12);
    expect(content.read(12, 12 + bytes.length).equals(bytes)).toBe(true);
  });

  it('gives memory from file to file, each with its own bytes', () => {
    const first = new SparseContent();
    first.write(Buffer.from('first'), 0);
    first.release();
    const second = new SparseContent();
    const third = new SparseContent();
    second.write(Buffer.from('second'), 0);
    third.write(Buffer.from('third'), 0);
    expect([second.read(0, 6).toString(), third.read(0, 5).toString()]).toEqual(['second', 'third']);
  });

  it('keeps a little memory for the next file and gives the rest back at once', () => {
    const content = new SparseContent();
    content.write(Buffer.alloc(4 * mebibyte, 1), 0);
    const parts = [0, 1, 2, 3].map((block) => content.read(block * mebibyte, block * mebibyte + 1));
    content.release();
    expect(parts.map(({ length }) => length)).toEqual([1, 1, 0, 0]);
  });
});
