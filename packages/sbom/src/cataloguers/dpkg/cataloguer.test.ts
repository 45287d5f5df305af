import { describe, expect, it } from 'vitest';
import { catalogueOf, debianRelease, edgesOf } from '../../test-support/catalogue-fixture.js';

const stanza = (name: string, version: string, rest = ''): string =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n${rest}\n`;
const status = (...stanzas: readonly string[]): string => stanzas.join('\n');

describe('dpkg packages', () => {
  it('are described wholly', async () => {
    const { components, diagnostics } = await catalogueOf([
      {
        'etc/os-release': debianRelease,
        'var/lib/dpkg/status': stanza('libssl3', '3.0.11-1~deb12u2', 'Source: openssl\nMaintainer: OpenSSL Team\nHomepage: https://www.openssl.org/\nDescription: TLS\n'),
        'usr/share/doc/libssl3/copyright': 'Format: x\n\nFiles: *\nLicense: Apache-2.0\n',
      },
    ]);
    expect(diagnostics).toEqual([]);
    expect(components).toEqual([
      {
        id: 'pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl',
        ecosystem: 'deb',
        name: 'libssl3',
        version: '3.0.11-1~deb12u2',
        packageUrl: 'pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl',
        source: { name: 'openssl', version: '3.0.11-1~deb12u2' },
        architecture: 'amd64',
        licences: [{ declared: 'Apache-2.0', spdxExpression: 'Apache-2.0' }],
        description: 'TLS',
        homepage: 'https://www.openssl.org/',
        supplier: 'OpenSSL Team',
        locations: [{ path: '/var/lib/dpkg/status', layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        cataloguer: 'dpkg',
      },
    ]);
  });

  it('say the source version where a rebuild makes it differ', async () => {
    const { components } = await catalogueOf([{ 'var/lib/dpkg/status': stanza('attr', '1:2.5-1+b2', 'Source: attr (1:2.5-1)\n'), 'etc/os-release': debianRelease }]);
    expect(components[0]).toMatchObject({
      source: { name: 'attr', version: '1:2.5-1' },
      packageUrl: 'pkg:deb/debian/attr@1:2.5-1%2Bb2?arch=amd64&distro=debian-12&upstream=attr%401:2.5-1',
    });
  });

  it('are kept apart by architecture', async () => {
    const i386 = stanza('libc6', '2.36').replace('amd64', 'i386');
    const { components } = await catalogueOf([{ 'var/lib/dpkg/status': status(stanza('libc6', '2.36'), i386) }]);
    expect(components.map(({ packageUrl }) => packageUrl)).toEqual(['pkg:deb/libc6@2.36?arch=amd64', 'pkg:deb/libc6@2.36?arch=i386']);
  });

  it('are found in distroless images, one file a package', async () => {
    const { components } = await catalogueOf([
      { 'var/lib/dpkg/status.d/base': 'Package: base-files\nVersion: 12.4\n', 'var/lib/dpkg/status.d/base.md5sums': `${'0'.repeat(32)}  usr/share/x/package.json\n` },
      { 'var/lib/dpkg/status.d/tzdata': 'Package: tzdata\nVersion: 2024a\n', 'usr/share/x/package.json': '{"name":"x","version":"1.0.0"}' },
    ]);
    expect(components.map(({ name, ownedBy, locations }) => ({ name, ownedBy, layer: locations[0]?.layerIndex }))).toEqual([
      { name: 'base-files', ownedBy: undefined, layer: 0 },
      { name: 'tzdata', ownedBy: undefined, layer: 1 },
      // The list stands beside the file of status.d, whose name is not the package's.
      { name: 'x', ownedBy: 'pkg:deb/base-files@12.4', layer: 1 },
    ]);
  });

  it('take the copyright through a link to another package', async () => {
    const { components } = await catalogueOf([
      {
        'var/lib/dpkg/status': stanza('libx', '1'),
        'usr/share/doc/libx': '->x-common',
        'usr/share/doc/x-common/copyright': 'see /usr/share/common-licenses/Apache-2.0.\n',
      },
    ]);
    expect(components[0]?.licences).toEqual([{ declared: 'Apache-2.0', spdxExpression: 'Apache-2.0' }]);
  });

  it('depend on what satisfies them', async () => {
    const catalogue = await catalogueOf([
      {
        'var/lib/dpkg/status': status(
          stanza('app', '1', 'Pre-Depends: libc6 (>= 2.14)\nDepends: gone | awk, default-mta | mail-transport-agent, python3:any (<< 4), missing, app\n'),
          stanza('libc6', '2.36'),
          stanza('mawk', '1', 'Provides: awk (= 1)\n'),
          stanza('exim', '4', 'Provides: mail-transport-agent\n'),
          stanza('python3', '3.11'),
        ),
      },
    ]);
    expect(edgesOf(catalogue)).toEqual(['app -> exim', 'app -> libc6', 'app -> mawk', 'app -> python3']);
  });

  it('come with the layer since which they have always been there, whoever rewrote the database last', async () => {
    const [a, b, c, a2] = [stanza('a', '1'), stanza('b', '1'), stanza('c', '1'), stanza('a', '2')];
    const { components } = await catalogueOf([
      { 'var/lib/dpkg/status': status(a, b) },
      { 'var/lib/dpkg/status': status(a, b, c) },
      { 'usr/bin/x': '' },
      { 'var/lib/dpkg/status': status(a, c) },
      { 'var/lib/dpkg/status': status(a2, b, c) },
    ]);
    expect(components.map(({ name, version, locations }) => [name, version, locations[0]?.layerIndex])).toEqual([
      ['a', '2', 4],
      ['b', '1', 4],
      ['c', '1', 1],
    ]);
  });

  it('are gone with their database', async () => {
    expect((await catalogueOf([{ 'var/lib/dpkg/status': stanza('a', '1') }, { 'var/lib/.wh.dpkg': '' }])).components).toEqual([]);
  });

  it('own language packages by their lists of files, through merged folders, whichever layer has what', async () => {
    const metadata = 'Name: PyYAML\nVersion: 6.0\n';
    const catalogue = await catalogueOf([
      { 'usr/lib/': '', lib: '->usr/lib', 'var/lib/dpkg/status': stanza('base', '1') },
      {
        'var/lib/dpkg/status': status(stanza('base', '1'), stanza('python3-yaml', '6.0-3')),
        'var/lib/dpkg/info/python3-yaml.list': '/.\n/lib\n/lib/python3\n/lib/python3/PyYAML-6.0.egg-info/PKG-INFO\n/usr/share/gone/METADATA\n',
      },
      { 'usr/lib/python3/PyYAML-6.0.egg-info/PKG-INFO': metadata, 'opt/other/PyYAML-6.0.egg-info/PKG-INFO': metadata },
    ].map((layer, index) => (index === 0 ? { 'usr/lib/keep': '', lib: '->usr/lib', 'var/lib/dpkg/status': stanza('base', '1') } : layer)));
    expect(catalogue.components.filter(({ ecosystem }) => ecosystem === 'pypi').map(({ locations, ownedBy }) => [locations[0]?.path, ownedBy])).toEqual([
      ['/opt/other/PyYAML-6.0.egg-info/PKG-INFO', undefined],
      ['/usr/lib/python3/PyYAML-6.0.egg-info/PKG-INFO', 'pkg:deb/python3-yaml@6.0-3?arch=amd64'],
    ]);
    expect(edgesOf(catalogue)).toEqual(['python3-yaml owns PyYAML']);
  });

  it('of another root file system inside the image are not its own', async () => {
    const { components, diagnostics } = await catalogueOf([{ 'opt/chroot/var/lib/dpkg/status': stanza('a', '1') }]);
    expect(components).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'dpkg-database-of-nested-root', severity: 'notice', path: '/opt/chroot/var/lib/dpkg/status' }]);
  });
});
