import { describe, expect, it } from 'vitest';
import { documentFormatNames, outputsOf } from './outputs.js';

const known = ['table', ...documentFormatNames];

describe('--format and --output', () => {
  it.each([
    ['nothing', [], [], [{ format: 'table' }]],
    ['a file alone', [], ['a'], [{ format: 'table', file: 'a' }]],
    ['a format alone', ['spdx-json'], [], [{ format: 'spdx-json' }]],
    ['a format with its file', ['spdx-json=a=b'], [], [{ format: 'spdx-json', file: 'a=b' }]],
    ['each with its own', ['spdx-json', 'table', 'cyclonedx-xml'], ['a', 'b', 'c'], [{ format: 'spdx-json', file: 'a' }, { format: 'table', file: 'b' }, { format: 'cyclonedx-xml', file: 'c' }]],
    ['both ways mixed', ['spdx-json=a', 'cyclonedx-xml', 'table'], ['b'], [{ format: 'spdx-json', file: 'a' }, { format: 'cyclonedx-xml', file: 'b' }, { format: 'table' }]],
  ])('%s', (_what, formats, files, expected) => {
    expect(outputsOf(formats, files, known, 'table')).toEqual(expected);
  });

  it.each([
    ['an unknown format', ['pdf'], [], 'There is no format pdf.'],
    ['a format without the file it promises', ['table='], [], 'table= names no file.'],
    ['two documents for one stream', ['table', 'spdx-json'], [], 'Only one document can go to standard output.'],
    ['a file too many', ['table=a'], ['b'], '--output b has no --format of its own.'],
  ])('%s is refused', (_what, formats, files, message) => {
    expect(() => outputsOf(formats, files, known, 'table')).toThrow(expect.objectContaining({ message, exitCode: 2 }));
  });
});
