import { describe, expect, test } from 'vitest';
import { formatSize, formatSizeOf } from './format-size.js';

describe('formatSize', () => {
  test.each<[string | number | null, string]>([
    ['0', '0 B'],
    [512, '512 B'],
    [100, '100 B'],
    [1_200, '1.2 kB'],
    ['186400000', '186.4 MB'],
    ['4100000000', '4.1 GB'],
    [999_960, '1.0 MB'],
    ['9007199254740993', '9.0 PB'],
    [null, '–'],
    ['', '0 B'],
    ['many', '–'],
  ])('%s reads %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });
});

describe('formatSizeOf', () => {
  test.each([
    ['214000000', '345000000', '214 of 345 MB'],
    ['31000000', '72100000', '31.0 of 72.1 MB'],
    ['0', '2600000000', '0.0 of 2.6 GB'],
    ['10', '90', '10 of 90 B'],
  ])('%s of %s reads %s', (done, total, text) => {
    expect(formatSizeOf(done, total)).toBe(text);
  });
});
