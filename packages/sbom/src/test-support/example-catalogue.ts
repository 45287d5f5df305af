import type { Catalogue, Component } from '../catalogue.js';

const diffIds = [`sha256:${'1'.repeat(64)}`, `sha256:${'2'.repeat(64)}`] as const;

const component = (rest: Partial<Component> & Pick<Component, 'id' | 'name'>): Component => ({
  ecosystem: 'npm',
  version: '1.0.0',
  packageUrl: rest.id.replace(/#.*$/, ''),
  licences: [],
  locations: [{ path: `/app/node_modules/${rest.name}/package.json`, layerIndex: 1, layerDiffId: diffIds[1] }],
  cataloguer: 'npm',
  ...rest,
});

/** A small catalogue with everything a document has to cope with. */
export const exampleCatalogue: Catalogue = {
  formatVersion: 1,
  image: {
    name: 'registry.example.org/team/app',
    tag: '1.2',
    digest: `sha256:${'ab'.repeat(32)}`,
    platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
    created: '2026-01-31T12:00:00.123456789Z',
    labels: { 'org.example.b': 'two', 'org.example.a': 'one' },
    layers: diffIds.map((diffId, index) => ({ digest: diffId, diffId, mediaType: 'application/vnd.oci.image.layer.v1.tar', sizeBytes: 10, ...(index === 0 ? { createdBy: 'ADD x /' } : {}) })),
  },
  distribution: { id: 'debian', idLike: [], versionId: '12', codename: 'bookworm', prettyName: 'Debian GNU/Linux 12 (bookworm)', contentSets: ['debian-12-main', 'debian-12-security'], productCpe: 'cpe:/o:debian:debian_linux:12' },
  components: [
    component({
      id: 'pkg:deb/debian/libssl3@3.0.11-1?arch=arm64&distro=debian-12&upstream=openssl',
      ecosystem: 'deb',
      name: 'libssl3',
      version: '3.0.11-1',
      source: { name: 'openssl', version: '3.0.11-1' },
      architecture: 'arm64',
      description: 'TLS',
      homepage: 'https://www.openssl.org/',
      supplier: 'OpenSSL Team\n <team@example.org>',
      licences: [
        { declared: 'Apache-2.0', spdxExpression: 'Apache-2.0' },
        { declared: 'Artistic or GPL-1+' },
        { declared: 'Expat or ISC', spdxExpression: 'MIT OR ISC' },
        { declared: 'Apache-2.0', spdxExpression: 'Apache-2.0' },
      ],
      locations: [{ path: '/var/lib/dpkg/status', layerIndex: 0, layerDiffId: diffIds[0] }],
      cataloguer: 'dpkg',
    }),
    component({ id: 'pkg:npm/%40s/a@1.0.0', name: '@s/a', licences: [{ declared: '(MIT OR ISC)', spdxExpression: '(MIT OR ISC)' }], ownedBy: 'pkg:deb/debian/libssl3@3.0.11-1?arch=arm64&distro=debian-12&upstream=openssl' }),
    component({ id: 'pkg:npm/b@1.0.0#000000000001', name: 'b', licences: [{ declared: 'SEE LICENSE IN x' }], homepage: 'not an address' }),
    component({ id: 'pkg:npm/b@1.0.0#000000000002', name: 'b', licences: [{ declared: 'MVT-1.1', spdxExpression: 'MVT-1.1' }], homepage: 'javascript:alert(1)' }),
    component({ id: 'pkg:npm/c@1.0.0', name: 'c', licences: [{ declared: 'MIT', spdxExpression: 'MIT' }], homepage: 'https://user:secret@example.org/<x>' }),
  ],
  relationships: [
    { from: 'pkg:deb/debian/libssl3@3.0.11-1?arch=arm64&distro=debian-12&upstream=openssl', to: 'pkg:npm/%40s/a@1.0.0', kind: 'owns' },
    { from: 'pkg:npm/%40s/a@1.0.0', to: 'pkg:npm/b@1.0.0#000000000001', kind: 'depends-on' },
    { from: 'pkg:npm/%40s/a@1.0.0', to: 'pkg:npm/c@1.0.0', kind: 'depends-on' },
  ],
  diagnostics: [
    { code: 'package-json-unreadable', severity: 'incomplete', message: 'The package.json is no JSON.', path: '/x/package.json', layerDiffId: diffIds[1] },
    { code: 'package-json-unreadable', severity: 'incomplete', message: 'The package.json is no JSON.', path: '/x/package.json', layerDiffId: diffIds[1] },
    { code: 'apk-virtual-package', severity: 'notice', message: 'A name.' },
  ],
  cataloguers: [{ name: 'npm', version: 1 }],
};

/** A catalogue of an image about which nothing is known. */
export const bareCatalogue: Catalogue = {
  formatVersion: 1,
  image: { name: 'app', digest: 'sha256:unknown', platform: { os: 'linux', architecture: 'amd64' }, labels: {}, layers: [] },
  components: [],
  relationships: [],
  diagnostics: [],
  cataloguers: [],
};
