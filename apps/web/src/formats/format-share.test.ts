import { expect, test } from 'vitest';
import { formatShare, formatTopShare } from './format-share.js';

test.each([[0.944, '94.4 %'], [0, '0.0 %'], [1, '100.0 %'], [0.00043, '< 0.1 %'], [0.0005, '0.1 %'], [null, '–'], [undefined, '–']])('%s is %s', (share, text) => {
  expect(formatShare(share)).toBe(text);
});

test.each([[0.995, 'top 0.5 %'], [0.99, 'top 1 %'], [0.5, 'top 50 %'], [0.8765, 'top 12 %'], [1, 'top 0.1 %']])('percentile %s is %s', (percentile, text) => {
  expect(formatTopShare(percentile)).toBe(text);
});
