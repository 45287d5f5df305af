import { readFileSync } from 'node:fs';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { alpineRelease, catalogueOf } from '../test-support/catalogue-fixture.js';
import { elfFile } from '../test-support/elf-fixture.js';
import { readClaims } from './embedded-sbom/read-claims.js';

const fixture = (name: string): string => readFileSync(path.join(import.meta.dirname, name), 'utf8');

describe('Bitnami components', () => {
  const document = fixture('bitnami/fixtures/postgresql.spdx');

  it('are all that the document of a folder names, which own the folder', async () => {
    const expected = z.object({ packages: z.array(z.object({ externalRefs: z.array(z.object({ referenceType: z.string(), referenceLocator: z.string() })) })) }).parse(JSON.parse(document));
    const urls = expected.packages.flatMap(({ externalRefs }) => externalRefs.filter(({ referenceType }) => referenceType === 'purl').map(({ referenceLocator }) => referenceLocator));
    const { components, unknowns } = await catalogueOf([
      [
        { name: 'opt/bitnami/postgresql/.spdx-postgresql.spdx', content: document },
        { name: 'opt/bitnami/postgresql/bin/postgres', content: Buffer.concat([elfFile({}), Buffer.from('postgres (PostgreSQL) 17.2\n\0')]) },
      ],
    ]);
    expect(components.map(({ packageUrl }) => packageUrl)).toEqual(urls.sort());
    expect(components.find(({ name }) => name === 'postgresql')).toMatchObject({
      version: '17.2.0-8',
      licences: [{ declared: 'PostgreSQL', spdxExpression: 'PostgreSQL' }],
      evidence: { technique: 'attestation', confidence: 0.95 },
      downloadUrl: 'https://ftp.postgresql.org/pub/source/v17.2/postgresql-17.2.tar.gz',
    });
    expect(unknowns).toEqual([]);
  });

  it('are those of the list where they have no document', async () => {
    const list = JSON.stringify({ gosu: { arch: 'amd64', distro: 'debian-10', type: 'NAMI', version: '1.14.0-1' }, postgresql: { version: '9' } });
    const { components } = await catalogueOf([{ 'opt/bitnami/.bitnami_components.json': list, 'opt/bitnami/postgresql/.spdx-postgresql.spdx': document }]);
    expect(components.filter(({ name }) => name === 'gosu' || name === 'postgresql').map(({ packageUrl }) => packageUrl)).toEqual([
      'pkg:bitnami/gosu@1.14.0-1?arch=amd64&distro=debian-10',
      'pkg:bitnami/postgresql@17.2.0-8?arch=arm64&distro=debian-12',
    ]);
  });

  it('are reported when their record cannot be read', async () => {
    const { diagnostics } = await catalogueOf([{ 'opt/bitnami/redis/.spdx-redis.spdx': 'nothing', 'opt/bitnami/.bitnami_components.json': '[]' }]);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['bitnami-record-unreadable', 'incomplete'],
      ['bitnami-record-unreadable', 'incomplete'],
    ]);
  });
});

describe('readClaims', () => {
  it.each([
    ['SPDX tag-value', fixture('bitnami/fixtures/redis-tag-value.spdx'), { name: 'redis', version: '7.4.1-0', packageUrl: 'pkg:bitnami/redis@7.4.1-0?arch=arm64&distro=debian-12', licence: 'RSALv2' }],
    ['CycloneDX', JSON.stringify({ bomFormat: 'CycloneDX', components: [{ name: 'x', components: [{ name: 'a', purl: 'pkg:npm/a@1', licenses: [{ license: { id: 'MIT' } }] }] }] }), { name: 'a', version: '1', packageUrl: 'pkg:npm/a@1', licence: 'MIT' }],
    ['syft', JSON.stringify({ artifacts: [{ name: 'a', version: '1', purl: 'pkg:npm/a@1', licenses: [{ value: 'MIT' }], cpes: [{ cpe: 'cpe:2.3:a:a:a:1:*:*:*:*:*:*:*' }] }], artifactRelationships: [] }), { name: 'a', version: '1', licence: 'MIT', cpes: ['cpe:2.3:a:a:a:1:*:*:*:*:*:*:*'] }],
  ])('reads %s', (_what, content, expected) => {
    expect(readClaims(content)).toMatchObject([expected]);
  });

  it('leaves out what CycloneDX excludes, which only built the rest', () => {
    const component = (name: string, scope?: string): object => ({ name, version: '1', purl: `pkg:cargo/${name}@1`, ...(scope === undefined ? {} : { scope }) });
    expect(readClaims(JSON.stringify({ bomFormat: 'CycloneDX', components: [component('cc', 'excluded'), component('libc', 'required'), component('log', 'optional'), component('serde')] }))?.map(({ name }) => name)).toEqual(['libc', 'log', 'serde']);
  });

  it.each(['', '{}', '{"bomFormat":"Other"}', '[1]', '{"bomFormat":', 'PackageName: a'])('refuses %j', (content) => {
    expect(readClaims(content)).toBeUndefined();
  });

  it('passes over what has no package URL or no version', () => {
    expect(readClaims('{"bomFormat":"CycloneDX","components":[{"name":"a"},{"purl":"pkg:npm/a"},{"purl":"nonsense"},7,{"purl":"pkg:npm/b@2","version":7}]}')).toEqual([
      { name: 'b', version: '2', packageUrl: 'pkg:npm/b@2' },
    ]);
  });
});

describe('documents in an image', () => {
  const bom = (...purls: readonly string[]): string => JSON.stringify({ bomFormat: 'CycloneDX', components: purls.map((purl) => ({ name: 'x', purl })) });

  it('add what nothing else shows, once, and repeat nothing', async () => {
    const { components } = await catalogueOf([
      {
        'app/node_modules/a/package.json': '{"name":"a","version":"1.0.0"}',
        'app/sbom.json': bom('pkg:npm/a@1.0.0?arch=x', 'pkg:npm/a@2.0.0', 'pkg:swift/github.com/x/y@3'),
        'app/other.cdx.json': bom('pkg:npm/a@2.0.0'),
      },
    ]);
    expect(components.map(({ packageUrl, evidence, locations }) => [packageUrl, evidence?.confidence, locations[0]?.path])).toEqual([
      ['pkg:npm/a@1.0.0', undefined, '/app/node_modules/a/package.json'],
      ['pkg:npm/a@2.0.0', 0.5, '/app/other.cdx.json'],
      ['pkg:swift/github.com/x/y@3', 0.5, '/app/sbom.json'],
    ]);
  });

  it('repeat nothing that they spell in another way', async () => {
    const site = 'usr/lib/python3/dist-packages/zope_inter_face-5.4.dist-info';
    const { components } = await catalogueOf([
      { [`${site}/METADATA`]: 'Name: Zope.Inter_face\nVersion: 5.4\n', [`${site}/sboms/auditwheel.cdx.json`]: JSON.stringify({ bomFormat: 'CycloneDX', components: [{ name: 'zope_inter_face', version: '5.4', purl: 'pkg:pypi/zope_inter_face@5.4?file_name=a.whl' }] }) },
    ]);
    expect(components.map(({ packageUrl }) => packageUrl)).toEqual(['pkg:pypi/zope-inter-face@5.4']);
  });

  it('count where a wheel carries libraries of another distribution than the image', async () => {
    const claimed = ['pkg:apk/other/libxau@1.0', 'pkg:apk/alpine/libxau@1.0'].map((purl) => ({ name: 'libxau', version: '1.0', purl }));
    const { components, diagnostics } = await catalogueOf([
      {
        'etc/os-release': alpineRelease,
        'lib/apk/db/installed': 'P:musl\nV:1.2.5-r0\nA:x86_64\n\n',
        'usr/lib/python3/dist-packages/a-1.dist-info/sboms/auditwheel.cdx.json': JSON.stringify({ bomFormat: 'CycloneDX', components: claimed }),
      },
    ]);
    expect(components.map(({ packageUrl }) => packageUrl)).toEqual(['pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.1', 'pkg:apk/other/libxau@1.0']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['sbom-names-absent-packages']);
  });

  it('are not believed against the database of the system', async () => {
    const { components, diagnostics } = await catalogueOf([
      { 'etc/os-release': alpineRelease, 'lib/apk/db/installed': 'P:a\nV:1-r0\n', 'var/lib/db/sbom/a-2.spdx.json': JSON.stringify({ spdxVersion: 'SPDX-2.3', packages: [{ externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:apk/alpine/a@2-r0' }] }] }) },
    ]);
    expect(components.map(({ version }) => version)).toEqual(['1-r0']);
    expect(diagnostics).toEqual([
      {
        code: 'sbom-names-absent-packages',
        severity: 'notice',
        message: "A document names 1 packages that the system's own database does not have, pkg:apk/alpine/a@2-r0 among them.",
        path: '/var/lib/db/sbom/a-2.spdx.json',
      },
    ]);
  });
});

describe('Java runtimes', () => {
  it('are described wholly, and own the programs in their folders', async () => {
    const { components, unknowns } = await catalogueOf([
      [
        { name: 'opt/java/openjdk/release', content: fixture('jvm/fixtures/temurin-21-release') },
        { name: 'opt/java/openjdk/bin/java', content: Buffer.concat([elfFile({}), Buffer.from('\0openjdk\0java\x000.0\x0021.0.4+7-LTS\0')]) },
      ],
    ]);
    expect(components).toEqual([
      {
        id: 'pkg:generic/eclipse/jdk@21.0.4%2B7',
        ecosystem: 'generic',
        name: 'jdk',
        version: '21.0.4+7',
        packageUrl: 'pkg:generic/eclipse/jdk@21.0.4%2B7',
        licences: [],
        supplier: 'Eclipse Adoptium',
        locations: [{ path: '/opt/java/openjdk/release', layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        evidence: { technique: 'manifest-analysis', confidence: 0.95 },
        cpes: ['cpe:2.3:a:eclipse:temurin:21.0.4:*:*:*:*:*:*:*', 'cpe:2.3:a:oracle:openjdk:21.0.4:*:*:*:*:*:*:*'],
        cataloguer: 'jvm',
      },
    ]);
    expect(unknowns).toEqual([]);
  });

  it.each([
    ['JAVA_VERSION="1.8.0_352"\n', { 'opt/jvm/bin/javac': '' }, 'pkg:generic/openjdk/jdk@1.8.0_352'],
    ['JAVA_VERSION="1.8.0_352"\n', {}, 'pkg:generic/openjdk/jre@1.8.0_352'],
    ['JAVA_VERSION="17.0.1"\nIMAGE_TYPE="JRE"\nIMPLEMENTOR="Azul Systems, Inc."\n', {}, 'pkg:generic/azul/jre@17.0.1'],
    ['NAME="Debian"\n', {}, undefined],
  ])('of %j', async (release, others, expected) => {
    expect((await catalogueOf([{ 'opt/jvm/release': release, ...others }])).components[0]?.packageUrl).toBe(expected);
  });
});

describe('Chisel packages', () => {
  // github.com/canonical/chisel, "The manifest": jsonwall lines, packed with zstd.
  const manifest = zstdCompressSync(
    [
      '{"jsonwall":"1.0","schema":"1.0","count":5}',
      '{"kind":"content","slice":"libc6_libs","path":"/usr/lib/x86_64-linux-gnu/libc.so.6"}',
      `{"kind":"package","name":"libc6","version":"2.39-0ubuntu8.4","sha256":"${'ab'.repeat(32)}","arch":"amd64"}`,
      '{"kind":"path","path":"/usr/lib/x86_64-linux-gnu/libc.so.6","mode":"0755","slices":["libc6_libs"]}',
      '{"kind":"slice","name":"libc6_libs"}',
      '',
    ].join('\n'),
  );

  it('are those of the manifest, and own their files', async () => {
    const { components, unknowns } = await catalogueOf([
      [
        { name: 'etc/os-release', content: 'ID=ubuntu\nVERSION_ID="24.04"\n' },
        { name: 'var/lib/chisel/manifest.wall', content: manifest },
        { name: 'usr/lib/x86_64-linux-gnu/libc.so.6', content: Buffer.concat([elfFile({}), Buffer.from('GNU C Library (Ubuntu GLIBC 2.39) stable release version 2.39.\n')]) },
      ],
    ]);
    expect(components.map(({ packageUrl, hashes }) => [packageUrl, hashes])).toEqual([
      ['pkg:deb/ubuntu/libc6@2.39-0ubuntu8.4?arch=amd64&distro=ubuntu-24.04', [{ algorithm: 'SHA-256', value: 'ab'.repeat(32) }]],
    ]);
    expect(unknowns).toEqual([]);
  });

  it('are reported when the manifest is damaged', async () => {
    const { diagnostics } = await catalogueOf([{ 'var/lib/chisel/manifest.wall': 'no zstd' }]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['chisel-manifest-unreadable']);
  });
});
