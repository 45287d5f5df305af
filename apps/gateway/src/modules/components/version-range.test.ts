import { schemeOfPackageType } from '@esscm/vulnerabilities';
import { expect, test } from 'vitest';
import { isInRange, parseVersionRange } from './version-range.js';

test.each([
  ['< 2.17.1', [{ operator: '<', version: '2.17.1' }]],
  ['<2.17.1', [{ operator: '<', version: '2.17.1' }]],
  [' >= 2.0 , <2.17.1 ', [{ operator: '>=', version: '2.0' }, { operator: '<', version: '2.17.1' }]],
  ['>=2.0 <3', [{ operator: '>=', version: '2.0' }, { operator: '<', version: '3' }]],
  ['2.14.1', [{ operator: '=', version: '2.14.1' }]],
  ['== 1:9.2p1-2+deb12u2', [{ operator: '=', version: '1:9.2p1-2+deb12u2' }]],
  ['', undefined],
  ['<', undefined],
  ['< 2 <', undefined],
  ['=> 2', undefined],
  ['9'.repeat(201), undefined],
])('%s', (text, range) => {
  expect(parseVersionRange(text)).toEqual(range);
});

test.each([
  ['maven', '< 2.17.1', '2.14.1', true],
  ['maven', '< 2.17.1', '2.17.1', false],
  ['maven', '< 2.17.1', '2.9', true],
  ['maven', '>= 2.0, < 2.17.1', '1.2.17', false],
  ['npm', '< 1.10.0', '1.9.0', true],
  ['deb', '< 1.0', '1.0~rc1', true],
  ['deb', '> 1:1', '2', false],
  ['npm', '= 1.0.0', '1.0.0', true],
  ['npm', '<= 1.0.0', 'not a version', false],
  ['generic', '< 2', '1', false],
  ['generic', '1', '1', true],
  ['npm', '< nonsense', '1.0.0', false],
])('%s: %s holds %s: %s', (type, text, version, inside) => {
  expect(isInRange(parseVersionRange(text) ?? [], version, schemeOfPackageType(type))).toBe(inside);
});
