import { expect, test } from 'vitest';
import { schemeOfPackageType } from './scheme-of-package-type.js';

test.each([
  // In dpkg a tilde comes before the end of the text; in Maven an unknown qualifier comes after it.
  ['deb', '1.0~rc1', '1.0'],
  ['rpm', '1.0~rc1', '1.0'],
  ['apk', '1.2.3-r1', '1.2.3-r10'],
  ['npm', '1.0.0-rc.1', '1.0.0'],
  ['pypi', '1.0rc1', '1.0'],
  ['golang', 'v1.2.3', 'v1.10.0'],
  ['maven', '2.0-alpha', '2.0'],
])('%s: %s is before %s', (type, one, other) => {
  const scheme = schemeOfPackageType(type);
  expect([scheme?.parse(other) ?? '', scheme?.parse(one) ?? ''].toSorted()).toEqual([scheme?.parse(one), scheme?.parse(other)]);
});

test.each([
  ['alpm', 'pacman'],
  ['cargo', 'semver'],
  ['conan', 'semver'],
  ['cran', 'cran'],
  ['githubactions', 'semver'],
  ['hackage', 'hackage'],
  ['hex', 'hex'],
  ['julia', 'semver'],
  ['opam', 'dpkg'],
  ['swift', 'semver'],
])('%s is ordered as %s', (type, name) => {
  expect(schemeOfPackageType(type)?.name).toBe(name);
});

test.each(['generic', 'constructor'])('%s is a type without an agreed order', (type) => {
  expect(schemeOfPackageType(type)).toBeUndefined();
});
