import type { Catalogue, Component } from '@esscm/sbom';
import { describe, expect, it } from 'vitest';
import { writeTable } from './write-table.js';

const component = (name: string, version: string, licences: readonly string[], layerIndex: number): Component => ({
  id: `pkg:deb/debian/${name}@${version}`,
  ecosystem: 'deb',
  name,
  version,
  packageUrl: `pkg:deb/debian/${name}@${version}`,
  licences: licences.map((declared) => ({ declared })),
  locations: [{ path: '/var/lib/dpkg/status', layerDiffId: `sha256:${'0'.repeat(64)}`, layerIndex }],
  cataloguer: 'dpkg',
});

const catalogue = (components: readonly Component[], diagnostics: Catalogue['diagnostics'] = []): Catalogue => ({
  formatVersion: 1,
  image: { name: 'example', digest: `sha256:${'1'.repeat(64)}`, platform: { os: 'linux', architecture: 'amd64' }, labels: {}, layers: [] },
  distribution: { id: 'debian', idLike: [], prettyName: 'Debian GNU/Linux 12 (bookworm)' },
  components,
  relationships: [],
  diagnostics,
  cataloguers: [],
});

describe('writeTable', () => {
  it('is one line a component, by name, columns as wide as they need to be', () => {
    expect(writeTable(catalogue([component('zlib1g', '1:1.2.13', ['Zlib'], 2), component('adduser', '3.134', [], 0)]))).toBe(
      [
        'NAME     VERSION   TYPE  LAYER  LICENCE',
        'adduser  3.134     deb   0      –',
        'zlib1g   1:1.2.13  deb   2      Zlib',
        '',
        '2 components on Debian GNU/Linux 12 (bookworm)',
        '',
      ].join('\n'),
    );
  });

  it('says what nothing accounts for, the first of many by name', () => {
    const unknowns = Array.from({ length: 22 }, (_value, index) => ({
      kind: index === 0 ? ('library' as const) : ('program' as const),
      path: `/opt/${index}`,
      layerDiffId: `sha256:${'0'.repeat(64)}`,
      layerIndex: 1,
    }));
    const lines = writeTable({ ...catalogue([]), unknowns }).split('\n');
    expect(lines.slice(4)).toEqual([
      'No component accounts for 1 library, 21 programs:',
      ...unknowns.slice(0, 20).map(({ path }) => `  ${path} (layer 1)`),
      '  and 2 more',
      '',
    ]);
  });

  it('cuts a list of licences that would push the table off the screen', () => {
    const table = writeTable(catalogue([component('linux', '6', Array.from({ length: 20 }, (_, index) => `Licence-${index}`), 0)]));
    expect(table.split('\n')[1]).toBe('linux  6        deb   0      Licence-0, Licence-1, Licence-2, Licence-3, Licence-4, Lice…');
  });

  it('says what could not be read, and not what is merely worth noting', () => {
    const table = writeTable(
      catalogue(
        [],
        [
          { code: 'file-too-large', severity: 'incomplete', message: 'usr/lib/big.jar is larger than 64 MiB and was not read.' },
          { code: 'dpkg-note', severity: 'notice', message: 'A stanza has no description.' },
        ],
      ),
    );
    expect(table).toContain('Not everything could be read:\n  usr/lib/big.jar is larger than 64 MiB and was not read.\n');
    expect(table).not.toContain('stanza');
  });
});
