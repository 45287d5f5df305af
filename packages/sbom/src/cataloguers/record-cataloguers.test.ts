import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueOf, edgesOf } from '../test-support/catalogue-fixture.js';
import { elfFile } from '../test-support/elf-fixture.js';
import { hasSharedFixtures, readSharedFixture } from '../test-support/shared-fixtures.js';

const fixture = (name: string): string => readFileSync(path.join(import.meta.dirname, name), 'utf8');
const packageUrls = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  (await catalogueOf([files])).components.map(({ packageUrl }) => packageUrl);
const codes = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => (await catalogueOf([files])).diagnostics.map(({ code }) => code);

const archRelease = 'ID=arch\nPRETTY_NAME="Arch Linux"\nBUILD_ID=rolling\n';
const pacman = (name: string, version: string, rest = ''): string => `%NAME%\n${name}\n\n%VERSION%\n${version}\n\n${rest}`;

describe('pacman packages', () => {
  const local = 'var/lib/pacman/local';

  it('are described wholly', async () => {
    const { components } = await catalogueOf([
      { 'etc/os-release': archRelease, [`${local}/gmp-6.2.1-2/desc`]: fixture('pacman/fixtures/gmp-desc'), [`${local}/gmp-6.2.1-2/files`]: fixture('pacman/fixtures/gmp-files') },
    ]);
    expect(components).toEqual([
      {
        id: 'pkg:alpm/arch/gmp@6.2.1-2?arch=x86_64&distro=arch',
        ecosystem: 'alpm',
        name: 'gmp',
        version: '6.2.1-2',
        packageUrl: 'pkg:alpm/arch/gmp@6.2.1-2?arch=x86_64&distro=arch',
        source: { name: 'gmp', version: '6.2.1-2' },
        architecture: 'x86_64',
        licences: [{ declared: 'LGPL3' }, { declared: 'GPL' }],
        description: 'A free library for arbitrary precision arithmetic',
        homepage: 'https://gmplib.org/',
        supplier: 'Antonio Rojas <arojas@archlinux.org>',
        locations: [{ path: '/var/lib/pacman/local/gmp-6.2.1-2/desc', layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        cataloguer: 'pacman',
      },
    ]);
  });

  it('depend on each other by name and by what they provide, and own what is among their files', async () => {
    const catalogue = await catalogueOf([
      {
        [`${local}/a-1-1/desc`]: pacman('a', '1-1', '%DEPENDS%\nglibc>=2.38\nsh\nabsent\n'),
        [`${local}/glibc-2.39-1/desc`]: pacman('glibc', '2.39-1'),
        [`${local}/bash-5-1/desc`]: pacman('bash', '5-1', '%PROVIDES%\nsh=5\n'),
        [`${local}/npm-10-1/desc`]: pacman('npm', '10-1'),
        [`${local}/npm-10-1/files`]: '%FILES%\nusr/\nusr/lib/node_modules/npm/package.json\n',
        'usr/lib/node_modules/npm/package.json': '{"name":"npm","version":"10.0.0"}',
      },
    ]);
    expect(edgesOf(catalogue)).toEqual(['a -> bash', 'a -> glibc', 'npm owns npm']);
  });

  it('without a version are reported, and lose nothing else', async () => {
    const files = { [`${local}/a/desc`]: '%NAME%\na\n', [`${local}/b/desc`]: pacman('b', '1') };
    expect([await packageUrls(files), await codes(files)]).toEqual([['pkg:alpm/arch/b@1'], ['pacman-record-without-name-or-version']]);
  });
});

describe('portage packages', () => {
  it.each([
    ['app-containers/skopeo-1.5.1', 'pkg:ebuild/app-containers/skopeo@1.5.1'],
    ['dev-lang/python-3.12.0_rc1-r2', 'pkg:ebuild/dev-lang/python@3.12.0_rc1-r2'],
    ['media-libs/libpng-compat-1.6.40b', 'pkg:ebuild/media-libs/libpng-compat@1.6.40b'],
    ['sys-libs/gtk+-2.24', 'pkg:ebuild/sys-libs/gtk%2B@2.24'],
  ])('%s', async (folder, expected) => {
    expect(await packageUrls({ [`var/db/pkg/${folder}/CONTENTS`]: 'dir /usr\n' })).toEqual([expected]);
  });

  it('own their files and declare their licences', async () => {
    const folder = 'var/db/pkg/net-misc/tool-1.0';
    const { components, unknowns } = await catalogueOf([
      [
        { name: `${folder}/CONTENTS`, content: 'dir /usr/bin\nobj /usr/bin/my tool 376c02bd3b22804df8fdfdc895e7dbfb 1649284374\nsym /usr/bin/t -> my tool 1649284374\n' },
        { name: `${folder}/LICENSE`, content: 'Apache-2.0 || ( MIT GPL-2 )\n' },
        { name: 'usr/bin/my tool', content: elfFile({}) },
      ],
    ]);
    expect(components[0]?.licences).toEqual([{ declared: 'Apache-2.0', spdxExpression: 'Apache-2.0' }, { declared: 'MIT', spdxExpression: 'MIT' }, { declared: 'GPL-2' }]);
    expect(unknowns).toEqual([]);
  });
});

describe('opkg packages', () => {
  const status = 'Package: dropbear\nVersion: 2024.85-r0\nDepends: libc, zlib (>= 1.2)\nStatus: install user installed\nArchitecture: x86_64\nLicense: MIT\n\nPackage: libc\nVersion: 1.2\nStatus: install user installed\n\nPackage: gone\nVersion: 1\nStatus: deinstall user not-installed\n';

  it('are those of the status file that are installed', async () => {
    const catalogue = await catalogueOf([{ 'usr/lib/opkg/status': status, 'usr/lib/opkg/info/libc.control': 'Package: libc\nVersion: 1.2\n' }]);
    expect(catalogue.components.map(({ packageUrl, licences }) => [packageUrl, licences])).toEqual([
      ['pkg:opkg/dropbear@2024.85-r0?arch=x86_64', [{ declared: 'MIT', spdxExpression: 'MIT' }]],
      ['pkg:opkg/libc@1.2', []],
    ]);
    expect(edgesOf(catalogue)).toEqual(['dropbear -> libc']);
  });

  it('are those of control files where there is no status file', async () => {
    expect(await packageUrls({ 'usr/lib/opkg/info/pkg.control': 'Package: pkg\nVersion: 1.0\n' })).toEqual(['pkg:opkg/pkg@1.0']);
  });
});

describe('nix packages', () => {
  const hash = 'h0cnbmfcn93xm5dg2x27ixhag1cwndga';
  it.each([
    ['glibc-2.34-210-bin', [`pkg:nix/glibc@2.34-210?output=bin&outputhash=${hash}`]],
    ['openssl-3.0.13', [`pkg:nix/openssl@3.0.13?outputhash=${hash}`]],
    ['python3.11-requests-2.31.0', [`pkg:nix/python3.11-requests@2.31.0?outputhash=${hash}`]],
    ['unit-script-start', []],
    ['glibc-2.34-210.drv', []],
  ])('%s', async (folder, expected) => {
    expect(await packageUrls({ [`nix/store/${hash}-${folder}/share/doc/file`]: 'x', [`nix/store/${hash}-${folder}/a`]: 'x' })).toEqual(expected);
  });
});

describe('Bottlerocket packages', () => {
  it('are those of the inventory', async () => {
    expect(await packageUrls({ 'x86_64-bottlerocket-linux-gnu/sys-root/usr/share/bottlerocket/application-inventory.json': fixture('bottlerocket/fixtures/application-inventory.json') })).toEqual([
      'pkg:bottlerocket/coreutils@9.10-1.1781747852.5f13b929.br1?arch=x86_64&epoch=0',
      'pkg:bottlerocket/glibc@2.43-1.1781747852.5f13b929.br1?arch=x86_64&epoch=1',
      'pkg:bottlerocket/grub@2.06-1.1779997967.64782dc8.br1?arch=x86_64&epoch=1',
      'pkg:bottlerocket/kernel-6.1@6.1.172-1.1779997967.64782dc8.br1?arch=x86_64&epoch=0',
      'pkg:bottlerocket/runc@1.3.5-1.1781747852.5f13b929.br1?arch=x86_64&epoch=1',
    ]);
  });

  it.each(['', '[]', '{"Content":7}'])('are none of %j, which is reported', async (text) => {
    expect(await codes({ 'usr/share/bottlerocket/application-inventory.json': text })).toEqual(['bottlerocket-inventory-unreadable']);
  });
});

describe('conda packages', () => {
  it('are described wholly', async () => {
    const { components } = await catalogueOf([{ 'opt/conda/conda-meta/zlib-1.2.11-h90dfc92_1014.json': fixture('conda/fixtures/zlib.json') }]);
    expect(components).toEqual([
      {
        id: 'pkg:conda/zlib@1.2.11?build=h90dfc92_1014&channel=conda-forge&subdir=osx-arm64&type=tar.bz2',
        ecosystem: 'conda',
        name: 'zlib',
        version: '1.2.11',
        packageUrl: 'pkg:conda/zlib@1.2.11?build=h90dfc92_1014&channel=conda-forge&subdir=osx-arm64&type=tar.bz2',
        licences: [{ declared: 'Zlib', spdxExpression: 'Zlib' }],
        locations: [{ path: '/opt/conda/conda-meta/zlib-1.2.11-h90dfc92_1014.json', layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        hashes: [
          { algorithm: 'SHA-256', value: 'a70c028fd3b9af1d7ea3d7099d810f3d2588096237bb472db331a51a36f931c0' },
          { algorithm: 'MD5', value: '348a30b1350c9d91a4dbf05f5e46e0bb' },
        ],
        downloadUrl: 'https://conda.anaconda.org/conda-forge/osx-arm64/zlib-1.2.11-h90dfc92_1014.tar.bz2',
        cataloguer: 'conda',
      },
    ]);
  });

  it('own the Python distributions among their files', async () => {
    const record = JSON.stringify({ name: 'six', version: '1.16.0', files: ['lib/python3.12/site-packages/six-1.16.0.dist-info/METADATA'] });
    const { components } = await catalogueOf([
      { 'opt/conda/envs/web/conda-meta/six.json': record, 'opt/conda/envs/web/lib/python3.12/site-packages/six-1.16.0.dist-info/METADATA': 'Name: six\nVersion: 1.16.0\n' },
    ]);
    expect(components.find(({ ecosystem }) => ecosystem === 'pypi')?.ownedBy).toBe('pkg:conda/six@1.16.0');
  });

  it.runIf(hasSharedFixtures)('agree with the collection', async () => {
    const list = z.record(z.string(), z.object({ name: z.string().nullable(), version: z.string().nullable(), build: z.string().nullable() }));
    for (const [name, { name: expected, version, build }] of Object.entries(list.parse(JSON.parse(readSharedFixture('expected/conda.json'))))) {
      if (expected === null || version === null) continue;
      const [found] = (await catalogueOf([{ 'opt/conda/conda-meta/a.json': readSharedFixture(name) }])).components;
      expect([found?.name, found?.version, /build=([^&]*)/.exec(found?.packageUrl ?? '')?.[1] ?? null]).toEqual([expected, version, build]);
    }
  });

  it('without a version are reported', async () => {
    expect(await codes({ 'opt/conda/conda-meta/a.json': '{"name":"a"}' })).toEqual(['conda-record-unreadable']);
  });
});
