import { expect, test } from 'vitest';
import { ecosystemsConcerning } from './ecosystems-concerning.js';

test.each<[string, readonly string[], Parameters<typeof ecosystemsConcerning>[1], readonly string[]]>([
  ['languages without a distribution', ['npm', 'pypi', 'generic'], undefined, ['npm', 'PyPI']],
  ['packages of Composer, in both places', ['composer'], undefined, ['Packagist', 'Packagist:https://packages.drupal.org/8']],
  ['a distribution and a language', ['deb', 'npm'], { id: 'debian', idLike: [], versionId: '12' }, ['Debian:12', 'npm']],
  ['a distribution that no package is of', ['npm'], { id: 'debian', idLike: [], versionId: '12' }, ['npm']],
  ['a rebuild, and what it is rebuilt from', ['rpm'], { id: 'rocky', idLike: [], versionId: '9.4' }, ['Rocky Linux:9', 'Red Hat:enterprise_linux:9']],
  ['a distribution nobody covers', ['deb'], { id: 'kali', idLike: [] }, []],
])('%s', (_, types, distribution, expected) => {
  expect(ecosystemsConcerning(types, distribution)).toEqual(expected);
});
