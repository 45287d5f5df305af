import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { alpineRelease, catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { readSharedFixture, sharedFixtures } from '../../test-support/shared-fixtures.js';
import { parseApkInstalled } from './parse-apk-installed.js';

const fixture = (name: string): string => readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');
const nameAndVersion = (text: string) =>
  parseApkInstalled(text)
    .packages.map(({ name, version }) => ({ name, version }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
const record = (name: string, version: string, rest = ''): string => `C:Q1abc=\nP:${name}\nV:${version}\nA:x86_64\n${rest}\n`;

describe('parseApkInstalled', () => {
  it('finds what awk finds in Alpine 3.20', () => {
    expect(nameAndVersion(fixture('alpine-3.20-installed'))).toEqual(JSON.parse(fixture('alpine-3.20-expected.json')));
  });

  it.each(sharedFixtures('apk', 'expected.json'))('agrees with the collection on %s', (name) => {
    const text = readSharedFixture(path.join(path.dirname(name), 'lib/apk/db/installed'));
    expect(nameAndVersion(text)).toEqual(JSON.parse(readSharedFixture(name)));
  });

  it('reads every field it keeps', () => {
    const text = record(
      'musl-utils',
      '1.2.5-r0',
      'T:the musl c library\nU:https://musl.libc.org/\nL:MIT AND BSD-2-Clause\no:musl\nm:A <a@example.org>\nD:scanelf so:libc.musl-x86_64.so.1 !uclibc-utils\np:cmd:getent=1.2.5-r0\nF:\nR:top\nF:usr/bin\nM:0:0:755\nR:getent\na:0:0:755\nZ:Q1x=\nF:empty',
    );
    expect(parseApkInstalled(text)).toEqual({
      packages: [
        {
          name: 'musl-utils',
          version: '1.2.5-r0',
          architecture: 'x86_64',
          origin: 'musl',
          licence: 'MIT AND BSD-2-Clause',
          description: 'the musl c library',
          homepage: 'https://musl.libc.org/',
          maintainer: 'A <a@example.org>',
          depends: ['scanelf', 'so:libc.musl-x86_64.so.1', '!uclibc-utils'],
          provides: ['cmd:getent=1.2.5-r0'],
          files: 'top\nusr/bin/getent',
        },
      ],
      diagnostics: [],
    });
  });

  it('loses a damaged record and nothing else', () => {
    const text = `${record('a', '1')}\nP:b\nX\n\n\ngarbage\n\n${record('c', '2', `p:${'so:x '.repeat(300_000)}`)}`;
    expect(parseApkInstalled(text)).toMatchObject({
      packages: [{ name: 'a' }, { name: 'c' }],
      diagnostics: [{ code: 'apk-record-without-name-or-version', severity: 'incomplete' }],
    });
  });
});

describe('apk packages', () => {
  it('are described wholly', async () => {
    const { components } = await catalogueOf([{ 'etc/os-release': alpineRelease, 'lib/apk/db/installed': record('musl-utils', '1.2.5-r0', 'L:MIT\no:musl\n') }]);
    expect(components).toEqual([
      {
        id: 'pkg:apk/alpine/musl-utils@1.2.5-r0?arch=x86_64&distro=alpine-3.20.1&upstream=musl',
        ecosystem: 'apk',
        name: 'musl-utils',
        version: '1.2.5-r0',
        packageUrl: 'pkg:apk/alpine/musl-utils@1.2.5-r0?arch=x86_64&distro=alpine-3.20.1&upstream=musl',
        source: { name: 'musl', version: '1.2.5-r0' },
        architecture: 'x86_64',
        licences: [{ declared: 'MIT', spdxExpression: 'MIT' }],
        locations: [{ path: '/lib/apk/db/installed', layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        cataloguer: 'apk',
      },
    ]);
  });

  it('depend on packages by name, on what they provide, and never on what they exclude', async () => {
    const catalogue = await catalogueOf([
      {
        'lib/apk/db/installed': [
          record('app', '1', 'D:musl>=1.2 so:libz.so.1 /bin/sh !busybox cmd:gone'),
          record('musl', '1.2'),
          record('zlib', '1', 'p:so:libz.so.1=1.3'),
          record('busybox-binsh', '1', 'p:/bin/sh'),
          record('busybox', '1'),
        ].join('\n'),
      },
    ]);
    expect(edgesOf(catalogue)).toEqual(['app -> busybox-binsh', 'app -> musl', 'app -> zlib']);
  });

  it('are found once where the database moved under a merged folder', async () => {
    const { components } = await catalogueOf([
      { 'usr/lib/apk/db/installed': record('a', '1'), lib: '->usr/lib' },
      { 'lib/apk/db/installed': [record('a', '1'), record('b', '1')].join('\n') },
    ]);
    expect(components.map(({ name, locations }) => [name, locations[0]?.path, locations[0]?.layerIndex])).toEqual([
      ['a', '/usr/lib/apk/db/installed', 0],
      ['b', '/usr/lib/apk/db/installed', 1],
    ]);
  });

  it('keep their layer where an upgrade moved the database to its new place', async () => {
    const { components } = await catalogueOf([
      { 'lib/apk/db/installed': record('a', '1') },
      { 'lib/apk/db/.wh.installed': '', 'usr/lib/apk/db/installed': [record('a', '1'), record('b', '1')].join('\n') },
    ]);
    expect(components.map(({ name, locations }) => [name, locations[0]?.path, locations[0]?.layerIndex])).toEqual([
      ['a', '/usr/lib/apk/db/installed', 0],
      ['b', '/usr/lib/apk/db/installed', 1],
    ]);
  });

  it('are none for the names "apk add --virtual" makes', async () => {
    const { components, diagnostics } = await catalogueOf([{ 'lib/apk/db/installed': record('.build-deps', '20240101.000000', 'D:gcc') }]);
    expect(components).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'apk-virtual-package', severity: 'notice' }]);
  });

  it('own the language packages among their files', async () => {
    const { components } = await catalogueOf([
      { 'lib/apk/db/installed': record('npm', '10', 'F:usr/lib/node_modules/npm\nR:package.json'), 'usr/lib/node_modules/npm/package.json': '{"name":"npm","version":"10.8.0"}' },
    ]);
    expect(components.find(({ ecosystem }) => ecosystem === 'npm')?.ownedBy).toBe('pkg:apk/npm@10?arch=x86_64');
  });
});
