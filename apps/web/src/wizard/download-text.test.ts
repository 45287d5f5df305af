import { expect, test } from 'vitest';
import { downloadText } from './download-text.js';

const layers = { sharedLayerCount: 61, sizeBytes: '2600000000', unreadCount: 0 };

test.each([
  [layers, 4_100_000_000, undefined, '61 layers shared, at most 2.6 GB to download'],
  [layers, undefined, 'eu-central-1', '61 layers shared, at most 2.6 GB to download from eu-central-1'],
  [{ ...layers, sharedLayerCount: 1 }, undefined, '', '1 layer shared, at most 2.6 GB to download'],
  [{ ...layers, sharedLayerCount: 0 }, undefined, undefined, 'at most 2.6 GB to download'],
  [{ ...layers, unreadCount: 2 }, 4_100_000_000, undefined, 'at most 4.1 GB to download'],
  [undefined, 4_100_000_000, 'eu-central-1', 'at most 4.1 GB to download from eu-central-1'],
  [undefined, undefined, 'eu-central-1', 'size unknown'],
])('%j, listed with %s bytes, from %s: %s', (read, listed, from, text) => {
  expect(downloadText(read, listed, from)).toBe(text);
});
