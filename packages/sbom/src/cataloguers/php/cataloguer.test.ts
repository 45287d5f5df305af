import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { hasSharedFixtures, readSharedFixture } from '../../test-support/shared-fixtures.js';
import { parseInstalledJson } from './parse-installed-json.js';

const path = 'srv/vendor/composer/installed.json';
const list = (...packages: readonly object[]): string => JSON.stringify({ packages, dev: false, 'dev-package-names': [] });

describe('parseInstalledJson', () => {
  const nothing = { licences: [], requires: [], provides: [] };
  const known = { name: 'a/b', version: 'v1.0.0' };

  it.each<[string, unknown, unknown]>([
    ['the list of Composer 2', { packages: [known] }, { packages: [{ ...known, ...nothing }], unusable: 0 }],
    ['the list of Composer 1', [known], { packages: [{ ...known, ...nothing }], unusable: 0 }],
    ['a name in capitals, and a branch', [{ name: 'A/B', version: 'dev-feature/x' }], { packages: [{ name: 'a/b', version: 'dev-feature/x', ...nothing }], unusable: 0 }],
    [
      'everything that is kept',
      [{ ...known, license: ['MIT'], description: 'd', homepage: 'h', authors: [{ email: 'x' }, { name: 'A' }], require: { php: '>=8', 'ext-json': '*', 'C/d': '^1' }, replace: { 'e/f': '*' }, provide: { 'psr/log-implementation': '1' }, 'require-dev': { 'g/h': '1' } }],
      { packages: [{ ...known, licences: ['MIT'], description: 'd', homepage: 'h', author: 'A', requires: ['c/d'], provides: ['e/f', 'psr/log-implementation'] }], unusable: 0 },
    ],
    ['fields of wrong shapes', [{ ...known, license: 1, description: [], authors: 'x', require: [], replace: 3 }], { packages: [{ ...known, ...nothing }], unusable: 0 }],
    ['nothing from entries without name or version', [{ name: 'a/b' }, { version: '1' }, 3, { name: '../../x', version: '1' }, { name: 'a/b', version: '' }], { packages: [], unusable: 5 }],
    ['nothing from other JSON', { name: 'x' }, undefined],
  ])('reads %s', (_what, content, expected) => {
    expect(parseInstalledJson(JSON.stringify(content))).toEqual(expected);
  });

  const witness = z.record(z.string(), z.array(z.string()));
  const collection = hasSharedFixtures ? Object.entries(witness.parse(JSON.parse(readSharedFixture('expected/composer.json')))) : [];

  it.each(collection)('agrees with the collection on %s', (name, expected) => {
    expect(parseInstalledJson(readSharedFixture(name))?.packages.map((found) => `${found.name}@${found.version}`)).toEqual(expected);
  });
});

describe('PHP packages', () => {
  it('are described wholly', async () => {
    const { components } = await catalogueOf([
      { [path]: list({ name: 'monolog/monolog', version: '3.5.0', license: ['MIT'], description: 'd', homepage: 'https://m.example.org', authors: [{ name: 'J' }] }) },
    ]);
    expect(components).toEqual([
      {
        id: 'pkg:composer/monolog/monolog@3.5.0',
        ecosystem: 'composer',
        name: 'monolog/monolog',
        version: '3.5.0',
        packageUrl: 'pkg:composer/monolog/monolog@3.5.0',
        licences: [{ declared: 'MIT', spdxExpression: 'MIT' }],
        description: 'd',
        homepage: 'https://m.example.org',
        supplier: 'J',
        locations: [{ path: `/${path}`, layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        cataloguer: 'php',
      },
    ]);
  });

  it.each([
    [['MIT', 'GPL-2.0-or-later'], [{ declared: '(MIT or GPL-2.0-or-later)', spdxExpression: 'MIT OR GPL-2.0-or-later' }]],
    [['MIT AND ISC', 'Zlib'], [{ declared: '(MIT AND ISC or Zlib)', spdxExpression: '(MIT AND ISC) OR Zlib' }]],
    [['MIT', 'proprietary'], [{ declared: 'MIT', spdxExpression: 'MIT' }, { declared: 'proprietary' }]],
    ['MIT or ISC', [{ declared: 'MIT or ISC', spdxExpression: 'MIT OR ISC' }]],
  ])('have the licences %j', async (license, expected) => {
    const { components } = await catalogueOf([{ [path]: list({ name: 'a/b', version: '1', license }) }]);
    expect(components[0]?.licences).toEqual(expected);
  });

  it('depend on what is installed beside them, by its name or one it replaces', async () => {
    const catalogue = await catalogueOf([
      {
        [path]: list(
          { name: 'x/app', version: '1', require: { 'x/lib': '*', 'x/old': '*', 'x/elsewhere': '*', php: '*' } },
          { name: 'x/lib', version: '1', require: { 'x/lib': '*' } },
          { name: 'x/new', version: '1', replace: { 'x/old': '*' } },
        ),
        'opt/vendor/composer/installed.json': list({ name: 'x/elsewhere', version: '1' }),
      },
    ]);
    expect(edgesOf(catalogue)).toEqual(['x/app -> x/lib', 'x/app -> x/new']);
  });

  it('come with the layer that brought their version', async () => {
    const { components } = await catalogueOf([
      { [path]: list({ name: 'a/a', version: '1' }, { name: 'a/b', version: '1' }) },
      { [path]: list({ name: 'a/a', version: '1' }, { name: 'a/b', version: '2' }) },
    ]);
    expect(components.map(({ name, locations }) => [name, locations[0]?.layerIndex])).toEqual([
      ['a/a', 0],
      ['a/b', 1],
    ]);
  });

  it.each([
    ['{', 'The list of packages that Composer installed is no JSON.'],
    ['{}', 'The list of packages that Composer installed has no list of packages.'],
    ['[{}]', 'The list of packages that Composer installed lists 1 without a usable name and version.'],
  ])('report %s', async (content, message) => {
    const { diagnostics } = await catalogueOf([{ [path]: content }]);
    expect(diagnostics).toMatchObject([{ code: 'composer-installed-unreadable', severity: 'incomplete', message }]);
  });
});
