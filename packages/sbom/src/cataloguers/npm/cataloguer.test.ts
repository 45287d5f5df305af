import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { hasSharedFixtures, readSharedFixture, sharedFixtures } from '../../test-support/shared-fixtures.js';
import { parsePackageJson } from './parse-package-json.js';

const packageJson = (name: string, version: string, rest: object = {}): string => JSON.stringify({ name, version, ...rest });

describe('copies inside a package', () => {
  it('are packages where their folder has their name', async () => {
    const { components } = await catalogueOf([
      {
        'app/node_modules/typescript/package.json': packageJson('typescript', '6.0.2'),
        'app/node_modules/typescript/vendor/vscode-jsonrpc/package.json': packageJson('vscode-jsonrpc', '9.0.0'),
        'app/node_modules/typescript/vendor/other/package.json': packageJson('browser-build', '1.0.0'),
      },
    ]);
    expect(components.map(({ packageUrl }) => packageUrl)).toEqual(['pkg:npm/typescript@6.0.2', 'pkg:npm/vscode-jsonrpc@9.0.0']);
  });
});

describe('parsePackageJson', () => {
  const nothing = { licences: [], dependencies: [] };

  it.each([
    ['a name and a version', { name: 'a', version: '1.0.0' }, { name: 'a', version: '1.0.0', ...nothing }],
    ['a scoped name', { name: '@s/a', version: '1.0.0-rc.1+b' }, { name: '@s/a', version: '1.0.0-rc.1+b', ...nothing }],
    ['a name of old times', { name: 'JSONStream', version: 'v1.0' }, { name: 'JSONStream', version: '1.0', ...nothing }],
    ['one licence', { name: 'a', version: '1.0.0', license: 'MIT' }, { name: 'a', version: '1.0.0', ...nothing, licences: ['MIT'] }],
    ['a licence object', { name: 'a', version: '1.0.0', license: { type: 'MIT', url: 'x' } }, { name: 'a', version: '1.0.0', ...nothing, licences: ['MIT'] }],
    ['the legacy list', { name: 'a', version: '1.0.0', licenses: [{ type: 'MIT' }, 'ISC', 3] }, { name: 'a', version: '1.0.0', ...nothing, licences: ['MIT', 'ISC'] }],
    ['fields of wrong shapes', { name: 'a', version: '1.0.0', license: 7, author: [1], dependencies: 'x', description: {} }, { name: 'a', version: '1.0.0', ...nothing }],
    [
      'everything that is kept',
      { name: 'a', version: '1.0.0', description: 'd', homepage: 'h', author: { name: 'A' }, dependencies: { b: '1' }, optionalDependencies: { c: '1', b: '1' }, devDependencies: { d: '1' } },
      { name: 'a', version: '1.0.0', licences: [], description: 'd', homepage: 'h', author: 'A', dependencies: ['b', 'c'] },
    ],
    ['no version', { name: 'a' }, undefined],
    ['no name', { version: '1.0.0' }, undefined],
    ['a module kind alone', { type: 'module' }, undefined],
    ['placeholders of a template', { name: '{{name}}', version: '<%= version %>' }, undefined],
    ['a name that leads elsewhere', { name: '../../etc', version: '1.0.0' }, undefined],
    ['a list', [], undefined],
  ])('reads %s', (_what, content, expected) => {
    expect(parsePackageJson(JSON.stringify(content))).toEqual(expected);
  });

  const witness = z.record(z.string(), z.object({ name: z.string().nullable(), version: z.string().nullable(), license: z.unknown() }));
  const present = new Set(sharedFixtures('npm', 'package.json'));
  const listed = hasSharedFixtures ? Object.entries(witness.parse(JSON.parse(readSharedFixture('expected/package-json.json')))) : [];
  // The list names files below node_modules that the collection does not hold.
  const collection = listed.filter(([name]) => present.has(name));

  it.each(collection)('agrees with the collection on %s', (name, expected) => {
    const found = parsePackageJson(readSharedFixture(name));
    const isPackage = expected.name !== null && expected.version !== null;
    expect(found === undefined ? undefined : { name: found.name, version: found.version, license: found.licences[0] ?? null }).toEqual(isPackage ? expected : undefined);
  });
});

describe('npm packages', () => {
  it('are described wholly', async () => {
    const { components } = await catalogueOf([
      { 'app/node_modules/@s/a/package.json': packageJson('@s/a', '1.2.3', { license: '(MIT OR Apache-2.0)', description: 'd', homepage: 'https://a.example.org', author: 'A' }) },
    ]);
    expect(components).toEqual([
      {
        id: 'pkg:npm/%40s/a@1.2.3',
        ecosystem: 'npm',
        name: '@s/a',
        version: '1.2.3',
        packageUrl: 'pkg:npm/%40s/a@1.2.3',
        licences: [{ declared: '(MIT OR Apache-2.0)', spdxExpression: '(MIT OR Apache-2.0)' }],
        description: 'd',
        homepage: 'https://a.example.org',
        supplier: 'A',
        locations: [{ path: '/app/node_modules/@s/a/package.json', layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        cataloguer: 'npm',
      },
    ]);
  });

  it('depend on what Node would load: the nearest copy', async () => {
    const catalogue = await catalogueOf([
      {
        'app/package.json': packageJson('app', '1.0.0', { dependencies: { a: '*', c: '*', gone: '*' } }),
        'app/node_modules/a/package.json': packageJson('a', '1.0.0', { dependencies: { b: '*' } }),
        'app/node_modules/a/node_modules/b/package.json': packageJson('b', '2.0.0'),
        'app/node_modules/b/package.json': packageJson('b', '1.0.0'),
        'app/node_modules/c/package.json': packageJson('c', '1.0.0', { optionalDependencies: { b: '*' } }),
      },
    ]);
    expect(catalogue.relationships).toEqual([
      { from: 'pkg:npm/a@1.0.0', to: 'pkg:npm/b@2.0.0', kind: 'depends-on' },
      { from: 'pkg:npm/app@1.0.0', to: 'pkg:npm/a@1.0.0', kind: 'depends-on' },
      { from: 'pkg:npm/app@1.0.0', to: 'pkg:npm/c@1.0.0', kind: 'depends-on' },
      { from: 'pkg:npm/c@1.0.0', to: 'pkg:npm/b@1.0.0', kind: 'depends-on' },
    ]);
  });

  it('are found once behind the links of pnpm, and depend through them', async () => {
    const store = 'app/node_modules/.pnpm';
    const catalogue = await catalogueOf([
      {
        'app/node_modules/a': '->.pnpm/a@1.0.0/node_modules/a',
        [`${store}/a@1.0.0/node_modules/a/package.json`]: packageJson('a', '1.0.0', { dependencies: { b: '*' } }),
        [`${store}/a@1.0.0/node_modules/b`]: '->../../b@1.0.0/node_modules/b',
        [`${store}/b@1.0.0/node_modules/b/package.json`]: packageJson('b', '1.0.0'),
      },
    ]);
    expect(catalogue.components.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(edgesOf(catalogue)).toEqual(['a -> b']);
  });

  it('are two components when a version is there twice, told apart by path', async () => {
    const files = { 'x/node_modules/a/package.json': packageJson('a', '1.0.0'), 'y/node_modules/a/package.json': packageJson('a', '1.0.0') };
    const { components } = await catalogueOf([files]);
    expect(components.map(({ locations }) => locations[0]?.path)).toEqual(['/x/node_modules/a/package.json', '/y/node_modules/a/package.json']);
    expect(new Set(components.map(({ id }) => id)).size).toBe(2);
    expect(components.every(({ id, packageUrl }) => packageUrl === 'pkg:npm/a@1.0.0' && id.startsWith('pkg:npm/a@1.0.0#'))).toBe(true);
    const reversed = await catalogueOf([Object.fromEntries(Object.entries(files).toReversed())]);
    expect(reversed.components.map(({ id }) => id)).toEqual(components.map(({ id }) => id));
  });

  it('come with the layer that brought their version, not with one that only touched the file', async () => {
    const { components } = await catalogueOf([
      { 'app/node_modules/a/package.json': packageJson('a', '1.0.0'), 'app/node_modules/b/package.json': packageJson('b', '1.0.0') },
      { 'app/node_modules/a/package.json': packageJson('a', '1.0.0', { touched: true }), 'app/node_modules/b/package.json': packageJson('b', '2.0.0') },
      { 'app/node_modules/.wh.c': '' },
    ]);
    expect(components.map(({ name, locations }) => [name, locations[0]?.layerIndex])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });

  it('are gone when an upper layer removes them', async () => {
    const { components } = await catalogueOf([{ 'app/node_modules/a/package.json': packageJson('a', '1.0.0') }, { 'app/.wh.node_modules': '' }]);
    expect(components).toEqual([]);
  });

  it('report a file that is no JSON, where it is still there', async () => {
    const lower = { 'app/node_modules/a/package.json': '{', 'app/node_modules/b/package.json': '{' };
    const { diagnostics } = await catalogueOf([lower, { 'app/node_modules/.wh.b': '' }]);
    expect(diagnostics).toMatchObject([{ code: 'package-json-unreadable', severity: 'incomplete', path: '/app/node_modules/a/package.json' }]);
  });
});

describe('where npm packages came from', () => {
  const integrity = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;
  const packageJson = '{"name":"a","version":"1.0.0"}';
  const list = (version: string): string =>
    JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/a': { version, integrity, resolved: 'https://user:secret@registry.example.org/a/-/a-1.0.0.tgz?token=x' } } });

  it('is told by the list npm keeps beside them', async () => {
    const { components } = await catalogueOf([{ 'app/node_modules/a/package.json': packageJson, 'app/node_modules/.package-lock.json': list('1.0.0') }]);
    expect(components[0]).toMatchObject({ hashes: [{ algorithm: 'SHA-512', value: '01'.repeat(64) }], downloadUrl: 'https://registry.example.org/a/-/a-1.0.0.tgz' });
  });

  it.each([
    ['of another version', list('1.0.1')],
    ['that cannot be read', '{'],
  ])('is not told by a list %s', async (_what, lock) => {
    const { components } = await catalogueOf([{ 'app/node_modules/a/package.json': packageJson, 'app/node_modules/.package-lock.json': lock }]);
    expect(components[0]).not.toHaveProperty('hashes');
  });
});
