import { expect, test } from 'vitest';
import { versionSchemes } from '../versions/schemes.js';
import { rangeHolds } from './version-range.js';

test.each([
  ['vers:npm/*', '1.0.0', true],
  ['vers:npm/1.2.3', '1.2.3', true],
  ['vers:npm/1.2.3', '1.2.4', false],
  ['vers:npm/>=1.2.0|<2.0.0', '1.2.0', true],
  ['vers:npm/>=1.2.0|<2.0.0', '2.0.0', false],
  ['vers:npm/>=1.2.0|<2.0.0', '1.1.9', false],
  ['vers:npm/<=1.0.0|>=3.0.0', '2.0.0', false],
  ['vers:npm/<=1.0.0|>=3.0.0', '0.5.0', true],
  ['vers:npm/<=1.0.0|>=3.0.0', '4.0.0', true],
  ['vers:npm/>=1.0.0|<=1.5.0|>=2.0.0|<=2.5.0', '1.7.0', false],
  ['vers:npm/>=1.0.0|<=1.5.0|>=2.0.0|<=2.5.0', '2.5.0', true],
  ['vers:npm/>=1.0.0|!=1.3.0|<2.0.0', '1.3.0', false],
  ['vers:npm/!=1.3.0', '1.4.0', true],
  // As a published example writes it, in the wrong order.
  ['vers:semver/<7.0.0|>=1.5.0', '1.0.0', false],
  ['vers:semver/<7.0.0|>=1.5.0', '6.9.9', true],
  ['vers:generic/1.0%2Bbuild', '1.0+build', true],
  ['1.2.3', '1.2.3', false],
])('%s and %s: %s', (range, version, expected) => {
  expect(rangeHolds(range, version, versionSchemes.semver)).toBe(expected);
});

test('without an order only exact versions count', () => {
  expect(['vers:generic/>=1', 'vers:generic/2'].map((range) => rangeHolds(range, '2', undefined))).toEqual([false, true]);
});
