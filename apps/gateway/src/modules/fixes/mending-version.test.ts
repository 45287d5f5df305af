import { expect, test } from 'vitest';
import { mendingVersion } from './mending-version.js';

test.each([
  ['maven', ['2.15.0', '2.17.1', '2.16.0'], '2.17.1'],
  ['npm', ['4.9.0', '4.17.21'], '4.17.21'],
  ['deb', ['2.36-9+deb12u7', '2.36-9+deb12u10'], '2.36-9+deb12u10'],
  ['generic', ['1'], '1'],
  ['generic', ['1', '2'], undefined],
  ['npm', ['1.0.0', 'soon'], undefined],
  ['npm', [], undefined],
])('%s %j', (ecosystem, versions, mends) => {
  expect(mendingVersion(ecosystem, versions, 1)).toBe(mends);
});

test('a version of one release of a distribution is none of another; libraries do not mind', () => {
  expect(mendingVersion('rpm', ['2.28-251.el8_10.2', '2.34-60.el9_2.7'], 2)).toBeUndefined();
  expect(mendingVersion('npm', ['4.17.21'], 2)).toBe('4.17.21');
});
