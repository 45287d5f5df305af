import { describe, expect, it } from 'vitest';
import { parseAuthor } from './parse-author.js';

describe('parseAuthor', () => {
  it.each([
    ['Example Ltd', { name: 'Example Ltd' }],
    [' Example Ltd <sbom@example.org> ', { name: 'Example Ltd', email: 'sbom@example.org' }],
    ['A <b> C', { name: 'A <b> C' }],
  ])('%s', (text, expected) => {
    expect(parseAuthor(text)).toEqual(expected);
  });

  it.each(['', '  ', '<sbom@example.org>'])('%j is refused', (text) => {
    expect(() => parseAuthor(text)).toThrow('Write NAME or "NAME <address>".');
  });
});
