import type { StoredLayer } from '@esscm/registry-core';
import { expect, test } from 'vitest';
import { layerTotals } from './shared-layers.js';

const layer = (digit: string, sizeBytes: number): StoredLayer => ({ digest: `sha256:${digit.repeat(64)}`, sizeBytes });
const base = layer('a', 80);
const own = layer('b', 5);

test.each([
  ['no image', [], { layerCount: 0, sharedLayerCount: 0, sizeBytes: 0 }],
  ['one image', [[base, own]], { layerCount: 2, sharedLayerCount: 0, sizeBytes: 85 }],
  ['a layer twice in one image', [[own, own]], { layerCount: 1, sharedLayerCount: 0, sizeBytes: 5 }],
  ['three images on one base', [[base, own], [base, layer('c', 7)], [base]], { layerCount: 3, sharedLayerCount: 1, sizeBytes: 92 }],
])('%s', (_, images, totals) => {
  expect(layerTotals(images)).toEqual(totals);
});
