import type { ContentLayerRecord } from '@esscm/store';
import { expect, test } from 'vitest';
import { layerChanges } from './layer-changes.js';

const layers = (names: string): readonly ContentLayerRecord[] =>
  names.split('').map((diffId, index) => ({ index, diffId, digest: diffId, mediaType: 'tar', sizeBytes: 1, componentCount: 0 }));

test.each([
  ['the same', 'abc', 'abc', 'a:0=0 b:1=1 c:2=2'],
  ['a new top', 'abc', 'abd', 'a:0=0 b:1=1 d:+2 c:-2'],
  ['one layer more in the middle', 'ac', 'abc', 'a:0=0 b:+1 c:1=2'],
  ['one layer less', 'abc', 'ac', 'a:0=0 b:-1 c:2=1'],
  ['another base', 'ax', 'bx', 'b:+0 a:-0 x:1=1'],
  ['the same layer twice', 'aa', 'a', 'a:0=0 a:-1'],
  ['an image without layers', '', 'a', 'a:+0'],
])('%s', (_, from, to, expected) => {
  const text = layerChanges(layers(from), layers(to)).map(({ diffId, fromIndex, toIndex }) => {
    if (fromIndex === undefined) return `${diffId}:+${toIndex}`;
    return toIndex === undefined ? `${diffId}:-${fromIndex}` : `${diffId}:${fromIndex}=${toIndex}`;
  });
  expect(text.join(' ')).toBe(expected);
});
