import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf, debianRelease } from '../../test-support/catalogue-fixture.js';
import { anyPath, namedFile, sharedLibrary } from './classifier-rule.js';
import { classifierRules } from './classifier-rules.js';
import { VersionScanner } from './version-scanner.js';

/** Real bytes; the version is that of the package they are from. */
const slices = readFileSync(path.join(import.meta.dirname, 'fixtures/slices.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [file = '', product = '', packageVersion = '', origin = '', bytes = ''] = line.split('\t');
    return { file, product, packageVersion, origin, content: Buffer.from(z.string().parse(JSON.parse(bytes)), 'latin1') };
  });

function classify(file: string, content: Buffer, pieceBytes: number): readonly string[] {
  const scanner = new VersionScanner(file, classifierRules.filter((rule) => rule.path.test(file)));
  for (let start = 0; start < content.length; start += pieceBytes) if (!scanner.push(content.subarray(start, start + pieceBytes))) break;
  return (scanner.finish().fact ?? []).map(({ product, version }) => `${product} ${version}`);
}

/** Without epoch, `+really`, and what a distribution adds behind the version of the software. */
function upstream(packageVersion: string): string {
  return packageVersion.replace(/^\d+:/, '').replace(/^.*\+really/, '').replace(/[-+~](?!rc|beta)[^-]*(?:-.*)?$/, '').replace(/\.dfsg.*$/, '');
}

describe('classifier rules', () => {
  it.each(slices)('tell $product in $origin', ({ file, product, packageVersion, content }) => {
    const [found = ''] = classify(file, content, content.length);
    // Ruby has a patch level behind its version, which Debian leaves out.
    expect(found.replace(/^(ruby .*)p\d+$/, product === 'ruby' && !packageVersion.includes('p') ? '$1' : '$&')).toBe(`${product} ${upstream(packageVersion)}`);
  });

  it.each([1, 7, 64, 287, 288, 300, 1000])('find the same in pieces of %d bytes behind megabytes of others', (pieceBytes) => {
    for (const { file, content } of slices.slice(0, 12)) {
      const padded = Buffer.concat([Buffer.alloc(pieceBytes === 1 ? 500 : 5000, 'x'), content, Buffer.alloc(500, 'y')]);
      expect(classify(file, padded, pieceBytes)).toEqual(classify(file, padded, padded.length));
    }
  });

  it('name their products once', () => {
    expect(new Set(classifierRules.map(({ product }) => product)).size).toBe(classifierRules.length);
  });

  it.each([
    ['a program of another name', 'usr/bin/nginx-helper', 'nginx version: nginx/1.25.3\0'],
    ['a mention of another product', 'usr/sbin/nginx', 'Apache/2.4.54\0'],
    ['a version of 100 characters', 'usr/sbin/nginx', `nginx version: nginx/1.2${'.3'.repeat(60)}\0`],
  ])('tell nothing of %s', (_what, file, text) => {
    expect(classify(file, Buffer.from(text, 'latin1'), 50)).toEqual([]);
  });

  it('end in time over a file of nothing but anchors', () => {
    const content = Buffer.from('000000000\0'.repeat(100_000), 'latin1');
    expect(classify('usr/bin/redis-server', content, 65_536)).toEqual([]);
  });
});

describe('programs without a package', () => {
  const nginx = 'ELF nginx version: nginx/1.25.3\0 and more';

  it('are described wholly', async () => {
    const { components } = await catalogueOf([{ 'etc/hosts': '' }, { 'usr/local/nginx/sbin/nginx': nginx }]);
    expect(components).toEqual([
      {
        id: 'pkg:generic/nginx@1.25.3',
        ecosystem: 'generic',
        name: 'nginx',
        version: '1.25.3',
        packageUrl: 'pkg:generic/nginx@1.25.3',
        licences: [],
        locations: [{ path: '/usr/local/nginx/sbin/nginx', layerIndex: 1, layerDiffId: expect.stringMatching(/^sha256:/) }],
        evidence: { technique: 'binary-analysis', confidence: 0.9 },
        cpes: ['cpe:2.3:a:f5:nginx:1.25.3:*:*:*:*:*:*:*', 'cpe:2.3:a:nginx:nginx:1.25.3:*:*:*:*:*:*:*'],
        cataloguer: 'binary',
      },
    ]);
  });

  it('are none where a package owns the file, under whatever name its list has it', async () => {
    const { components } = await catalogueOf([
      {
        'etc/os-release': debianRelease,
        sbin: '->usr/sbin',
        'usr/sbin/nginx': nginx,
        'var/lib/dpkg/status': 'Package: nginx\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.25.3-1\n',
        'var/lib/dpkg/info/nginx.list': '/.\n/sbin\n/sbin/nginx\n',
      },
    ]);
    expect(components.map(({ packageUrl }) => packageUrl)).toEqual(['pkg:deb/debian/nginx@1.25.3-1?arch=amd64&distro=debian-12']);
  });

  it('are bundled by a package of a programming language, and none where it is a package of the system that has it', async () => {
    const bundled = { 'opt/app/node_modules/server/package.json': '{"name":"server","version":"1.0.0"}', 'opt/app/node_modules/server/bin/nginx': nginx };
    const alone = await catalogueOf([bundled]);
    expect(alone.components.map(({ packageUrl, ownedBy }) => [packageUrl, ownedBy])).toEqual([['pkg:generic/nginx@1.25.3', undefined], ['pkg:npm/server@1.0.0', undefined]]);
    expect(alone.relationships).toEqual([{ from: 'pkg:npm/server@1.0.0', to: 'pkg:generic/nginx@1.25.3', kind: 'owns' }]);
    const owned = await catalogueOf([{ ...bundled, 'var/lib/dpkg/status': 'Package: server\nStatus: install ok installed\nVersion: 1\n', 'var/lib/dpkg/info/server.list': '/opt/app/node_modules/server/bin/nginx\n' }]);
    expect(owned.components.map(({ ecosystem }) => ecosystem)).toEqual(['deb', 'npm']);
  });

  it('are told in libraries that a wheel of Python bundles', async () => {
    const { components } = await catalogueOf([{ 'site-packages/psycopg2_binary.libs/libcrypto-9ba2ed3d.so.1.1': '\0OpenSSL 1.1.1w  11 Sep 2023\0', 'site-packages/x.libs/libz-dd453c56.so.1.2.11': '\0 inflate 1.2.11 Copyright 1995-2017 Mark Adler \0' }]);
    expect(components.map(({ packageUrl }) => packageUrl)).toEqual(['pkg:generic/openssl@1.1.1w', 'pkg:generic/zlib@1.2.11']);
  });

  it('are one component for all files of a product', async () => {
    const { components } = await catalogueOf([{ 'opt/pg/bin/psql': 'psql (PostgreSQL) 16.2\n\0', 'opt/pg/bin/postgres': 'postgres (PostgreSQL) 16.2\n\0' }]);
    expect(components.map(({ name, locations }) => [name, locations.map((location) => location.path)])).toEqual([
      ['postgresql', ['/opt/pg/bin/postgres', '/opt/pg/bin/psql']],
    ]);
  });
});

describe('a path that is any of several', () => {
  const paths = [namedFile('nginx', 'httpd'), namedFile('mysqld?'), sharedLibrary('libz'), sharedLibrary(String.raw`libpng\d*`), /(?:^|\/)bin\/(?:java|jdb)$/, /(?:^|\/)(?:busybox|\[)$/];

  it.each([
    ['usr/sbin/nginx', true],
    ['nginx-1.25.3', true],
    ['usr/sbin/nginx-helper', false],
    ['usr/sbin/xnginx', false],
    ['nginx/modules', false],
    ['opt/mysql8.0/mysqld', true],
    ['usr/lib/libz.so.1.2.13', true],
    ['usr/lib/libz-1a2b3c4d.so', true],
    ['usr/lib/libz.a', false],
    ['usr/lib/libpng16.so.16', true],
    ['usr/bin/java', true],
    ['usr/java', false],
    ['usr/bin/[', true],
  ])('%s: %s', (path, expected) => {
    expect(paths.some((each) => each.test(path))).toBe(expected);
    expect(anyPath(paths).test(path)).toBe(expected);
  });

  it('has the endings of many paths once', () => {
    expect(anyPath(paths).source.split(String.raw`(?:-?\d+(?:\.\d+)*)?$`)).toHaveLength(2);
  });
});
