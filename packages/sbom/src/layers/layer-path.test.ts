import { expect, it } from 'vitest';
import { layerPath } from './layer-path.js';

it.each([
  ['usr/bin/env', 'usr/bin/env'],
  ['./usr/bin/env', 'usr/bin/env'],
  ['/usr/bin/env', 'usr/bin/env'],
  ['./usr/bin/', 'usr/bin'],
  ['usr//bin/./env', 'usr/bin/env'],
  ['usr/lib/../bin/env', 'usr/bin/env'],
  ['./.profile', '.profile'],
  ['a/.b/..c/...', 'a/.b/..c/...'],
  ['.', ''],
  ['./', ''],
  ['/', ''],
  ['', ''],
  ['a/..', ''],
  ['..', undefined],
  ['./../a', undefined],
  ['a/../../b', undefined],
  ['a\0b', undefined],
])('%j is %j', (name, expected) => {
  expect(layerPath(name)).toBe(expected);
});
