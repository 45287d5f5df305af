import type { Catalogue, Component } from '@esscm/sbom';
import { describe, expect, it } from 'vitest';
import { writeExplanation } from './write-explanation.js';

const diffIds = [`sha256:${'0'.repeat(64)}`, `sha256:${'1'.repeat(64)}`] as const;

const component = (name: string, rest: Partial<Component> = {}): Component => ({
  id: `pkg:deb/debian/${name}@1?arch=amd64`,
  ecosystem: 'deb',
  name,
  version: '1',
  packageUrl: `pkg:deb/debian/${name}@1?arch=amd64`,
  licences: [{ declared: 'Expat', spdxExpression: 'MIT' }],
  locations: [{ path: '/var/lib/dpkg/status', layerDiffId: diffIds[1], layerIndex: 1 }],
  cataloguer: 'dpkg',
  ...rest,
});

const catalogue: Catalogue = {
  formatVersion: 1,
  image: {
    name: 'app',
    digest: diffIds[0],
    platform: { os: 'linux', architecture: 'amd64' },
    labels: {},
    layers: diffIds.map((diffId, index) => ({ digest: diffId, diffId, mediaType: '', sizeBytes: 1, ...(index === 1 ? { createdBy: 'RUN apt-get \n  install' } : {}) })),
  },
  components: [component('libssl3', { source: { name: 'openssl', version: '3' }, supplier: 'Team\n<a@example.org>', ownedBy: 'pkg:deb/debian/base@1?arch=amd64' }), component('libc6'), component('curl'), component('base')],
  relationships: [
    { from: 'pkg:deb/debian/curl@1?arch=amd64', to: 'pkg:deb/debian/libssl3@1?arch=amd64', kind: 'depends-on' },
    { from: 'pkg:deb/debian/libssl3@1?arch=amd64', to: 'pkg:deb/debian/libc6@1?arch=amd64', kind: 'depends-on' },
  ],
  diagnostics: [],
  cataloguers: [{ name: 'dpkg', version: 3 }],
};

describe('writeExplanation', () => {
  it('says which file shows a component, what brought it, whose it is and what it is tied to', () => {
    expect(writeExplanation(catalogue, 'libssl3')).toBe(
      [
        'libssl3 1 (deb)',
        '  pkg:deb/debian/libssl3@1?arch=amd64',
        '  Found by the reader dpkg, version 3',
        '  At /var/lib/dpkg/status',
        `    since layer 1 of 2 (${diffIds[1]})`,
        '      RUN apt-get install',
        '  Built from the source package openssl 3',
        '  Licences: MIT',
        '  Supplied by Team <a@example.org>',
        '  Its files belong to base 1 (deb)',
        '  Depends on',
        '    libc6 1 (deb)',
        '  Needed by',
        '    curl 1 (deb)',
        '',
      ].join('\n'),
    );
  });

  it.each(['pkg:deb/debian/curl@1?arch=amd64', 'pkg:deb/debian/curl@1', 'pkg:deb/debian/curl', 'curl'])('finds %s', (wanted) => {
    expect(writeExplanation(catalogue, wanted).split('\n')[0]).toBe('curl 1 (deb)');
  });

  it('says what is removed, and what a document does not tell', () => {
    const components = [component('gone', { removedInLayer: 1, locations: [] })];
    expect(writeExplanation({ ...catalogue, components }, 'gone').split('\n')).toEqual(expect.arrayContaining(['  The document does not say where it is', '  No longer there since layer 1', '      RUN apt-get install']));
  });

  it('names what comes near to a name that nothing has', () => {
    expect(() => writeExplanation(catalogue, 'pkg:deb/debian/ssl@9')).toThrow(expect.objectContaining({ message: 'No component of app is called pkg:deb/debian/ssl@9.', remedy: 'Near to it: pkg:deb/debian/libssl3@1?arch=amd64.' }));
    expect(() => writeExplanation(catalogue, 'nothing')).toThrow(expect.objectContaining({ remedy: 'The table lists them all.' }));
  });
});
