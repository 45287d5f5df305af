import { describe, expect, it } from 'vitest';
import { webAddress } from './document-options.js';

describe('webAddress', () => {
  it.each([
    ['https://example.org', 'https://example.org/'],
    ['HTTPS://Example.org:8443/A?b=c#d', 'https://example.org:8443/A?b=c#d'],
    ['https://user:secret@example.org/a', 'https://example.org/a'],
    ['http://[::1]:80/a', 'http://[::1]/a'],
    ['https://example.org/a b[c]|^`{d}', 'https://example.org/a%20b%5Bc%5D%7C%5E%60%7Bd%7D'],
    ['https://example.org/%zz%20?q=[%5D]#a#b', 'https://example.org/%25zz%20?q=%5B%5D%5D#a%23b'],
    ['not an address', undefined],
    ['javascript:alert(1)', undefined],
    ['/relative', undefined],
    [undefined, undefined],
  ])('%s', (text, expected) => {
    expect(webAddress(text)).toBe(expected);
  });
});
