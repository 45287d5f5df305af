import { describe, expect, it } from 'vitest';
import { isPackageLocation, packageLookup } from './package-json-location.js';

describe('isPackageLocation', () => {
  it.each([
    ['app/node_modules/a/package.json', true],
    ['app/node_modules/@s/a/package.json', true],
    ['app/node_modules/a/node_modules/b/package.json', true],
    ['usr/local/lib/node_modules/npm/node_modules/@npmcli/arborist/package.json', true],
    ['app/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json', true],
    ['node_modules/a/package.json', true],
    ['app/package.json', true],
    ['package.json', true],
    ['usr/share/nodejs/acorn/package.json', true],
    ['tests/app/node_modules/a/package.json', true],
    ['app/node_modules/test/package.json', true],
    ['app/node_modules/test/node_modules/a/package.json', true],
    ['app/node_modules/@s/test/node_modules/a/package.json', true],
    ['app/node_modules/a/vendor/b/package.json', true],
    ['app/node_modules/@s/a/vendor/@t/b/package.json', true],
    ['app/node_modules/a/vendor/package.json', false],
    ['app/node_modules/a/vendor/b/lib/package.json', false],
    ['app/node_modules/a/lib/vendor/b/package.json', false],
    ['app/node_modules/a/ajax/package.json', false],
    ['app/node_modules/@s/package.json', false],
    ['app/node_modules/@s/a/esm/package.json', false],
    ['app/node_modules/.cache/package.json', false],
    ['app/node_modules/package.json', false],
    ['app/node_modules/resolve/test/resolver/multirepo/package.json', false],
    ['app/node_modules/resolve/test/fixtures/node_modules/b/package.json', false],
    ['app/test/fixtures/package.json', false],
    ['root/.npm/_cacache/tmp/package.json', false],
  ])('%s: %j', (path, expected) => {
    expect(isPackageLocation(path)).toBe(expected);
  });
});

describe('packageLookup', () => {
  it('climbs as Node does, then asks the system folders', () => {
    expect([...packageLookup('app/node_modules/a/lib', '@s/b')]).toEqual([
      'app/node_modules/a/lib/node_modules/@s/b/package.json',
      'app/node_modules/a/node_modules/@s/b/package.json',
      'app/node_modules/@s/b/package.json',
      'node_modules/@s/b/package.json',
      'usr/share/nodejs/@s/b/package.json',
      'usr/lib/nodejs/@s/b/package.json',
    ]);
  });
});
