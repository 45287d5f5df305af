import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readSharedFixture, sharedFixtures } from '../../test-support/shared-fixtures.js';
import { parseDpkgStatus } from './parse-dpkg-status.js';

const stanzas = z.array(
  z.object({
    package: z.string(),
    version: z.string().optional(),
    status: z.string().optional(),
    source: z.string().optional(),
    architecture: z.string().optional(),
  }),
);

/** The packages among the stanzas another tool listed: named, numbered, and there by the third word of Status. */
function installedAmong(json: string) {
  return stanzas
    .parse(JSON.parse(json))
    .filter((stanza) => stanza.package !== '' && stanza.version !== undefined && stanza.version !== '')
    .filter(({ status }) => status === undefined || !['config-files', 'not-installed'].includes(status.split(' ')[2] ?? ''))
    .map(({ package: name, version, source, architecture }) => ({ name, version, source: source?.split(' ')[0] ?? name, architecture }));
}

function found(text: string) {
  return parseDpkgStatus(text).packages.map(({ name, version, source, architecture }) => ({ name, version, source: source.name, architecture }));
}

const folder = path.join(import.meta.dirname, 'fixtures/status.d');
const copies = readdirSync(folder).filter((name) => !name.endsWith('.json'));

describe('parseDpkgStatus', () => {
  it.each(copies)('finds the installed packages of %s', (name) => {
    const [text, expected] = [name, `${name}.expected.json`].map((file) => readFileSync(path.join(folder, file), 'utf8'));
    expect(found(text ?? '')).toEqual(installedAmong(expected ?? ''));
  });

  it.each(sharedFixtures('expected/dpkg', '.json'))('agrees with the collection on %s', (name) => {
    const file = name.replace(/^expected\//, '').replace(/\.json$/, '');
    expect(found(readSharedFixture(file))).toEqual(installedAmong(readSharedFixture(name)));
  });

  it('reads every field it keeps', () => {
    const text = [
      'Package: libc6',
      'Status: install ok installed',
      'Architecture: amd64',
      'Multi-Arch: same',
      'Source: glibc (2.36-9)',
      'Version: 2.36-9+b1',
      'Maintainer: GNU Libc Maintainers <debian-glibc@lists.debian.org>',
      'Pre-Depends: base',
      'Depends: libgcc-s1,',
      '\tlibcrypt1 (>= 1:4.4)',
      'Provides: libc6-2.31',
      'Homepage: https://www.gnu.org/software/libc/',
      'Description: GNU C Library: Shared libraries',
      ' Contains the standard libraries.',
    ].join('\r\n');
    expect(parseDpkgStatus(text)).toEqual({
      packages: [
        {
          name: 'libc6',
          version: '2.36-9+b1',
          architecture: 'amd64',
          source: { name: 'glibc', version: '2.36-9' },
          maintainer: 'GNU Libc Maintainers <debian-glibc@lists.debian.org>',
          homepage: 'https://www.gnu.org/software/libc/',
          description: 'GNU C Library: Shared libraries',
          depends: 'base, libgcc-s1,\nlibcrypt1 (>= 1:4.4)',
          provides: 'libc6-2.31',
        },
      ],
      diagnostics: [],
    });
  });

  it.each([
    ['install ok installed', true],
    ['hold ok installed', true],
    ['install ok unpacked', true],
    ['install ok half-configured', true],
    ['install ok half-installed', true],
    ['install ok triggers-pending', true],
    ['install user installed', true],
    ['deinstall ok config-files', false],
    ['purge ok not-installed', false],
    ['deinstall ok installed', true],
  ])('takes a package of status "%s" for present: %j', (status, isPresent) => {
    expect(found(`Package: a\nStatus: ${status}\nVersion: 1\n`)).toHaveLength(isPresent ? 1 : 0);
  });

  it('loses a damaged stanza and nothing else', () => {
    const text = 'Package: a\nVersion: 1\n\nnonsense\nPackage: b\n lost\n\nVersion: 3\n\n\tstray\n\nPackage: c\nVersion: 2\nVersion: 9\n folded\n';
    expect(parseDpkgStatus(text)).toMatchObject({
      packages: [
        { name: 'a', version: '1' },
        { name: 'c', version: '2' },
      ],
      diagnostics: [{ code: 'dpkg-stanza-without-version' }, { code: 'dpkg-stanza-without-name' }, { code: 'dpkg-unreadable-lines' }],
    });
  });
});
