import { expect, it } from 'vitest';
import { describeProgress } from './progress-line.js';

const nothing = { layersDone: 0, layersTotal: 0, layersCached: 0, bytesDone: 0, bytesTotal: 0 };

it.each([
  [{ ...nothing, stage: 'resolve' as const }, 'Resolving the reference'],
  [{ stage: 'pull' as const, layersDone: 3, layersTotal: 8, layersCached: 0, bytesDone: 41_234_567, bytesTotal: 199_000_000 }, 'Reading layers: 3 of 8, 41.2 of 199.0 MB'],
  [{ stage: 'pull' as const, layersDone: 8, layersTotal: 8, layersCached: 7, bytesDone: 48_200, bytesTotal: 48_200 }, 'Reading layers: 8 of 8, 7 known already, 0.0 of 0.0 MB'],
  [{ ...nothing, stage: 'catalogue' as const }, 'Putting the catalogue together'],
])('%j', (progress, expected) => {
  expect(describeProgress(progress)).toBe(expected);
});
