import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../catalogue.js';
import { catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { berkeleyDatabase, ndbDatabase, rpmPackage, sqliteDatabase } from '../../test-support/rpm-fixture.js';
import { parseRpmManifest } from './parse-manifest.js';
import { rpmLicence } from './rpm-licence.js';

const release = { name: 'etc/os-release', content: 'ID="almalinux"\nVERSION_ID="9.1"\n' };
const sqlite = (...headers: readonly Buffer[]) => ({ name: 'var/lib/rpm/rpmdb.sqlite', content: sqliteDatabase(headers) });
const placesOf = ({ components }: Catalogue) => components.map(({ name, version, locations }) => [name, version, locations[0]?.path, locations[0]?.layerIndex]);

describe('rpm packages', () => {
  it('are described wholly', async () => {
    const header = rpmPackage('perl-libs', '5.26.3-420.el8', {
      1003: [4],
      1004: ['The libraries', 'Die Bibliotheken'],
      1011: 'AlmaLinux',
      1014: '(GPL+ or Artistic) and MIT',
      1020: 'https://www.perl.org/',
      1044: 'perl-5.26.3-420.el8.src.rpm',
      5096: 'perl:5.26:820181219174508:9edba152',
    });
    const { components } = await catalogueOf([[release, sqlite(header)]]);
    const packageUrl =
      'pkg:rpm/almalinux/perl-libs@5.26.3-420.el8?arch=x86_64&distro=almalinux-9.1&epoch=4&rpmmod=perl:5.26:820181219174508:9edba152&upstream=perl-5.26.3-420.el8.src.rpm';
    expect(components).toEqual([
      {
        id: packageUrl,
        ecosystem: 'rpm',
        name: 'perl-libs',
        version: '4:5.26.3-420.el8',
        packageUrl,
        source: { name: 'perl', version: '4:5.26.3-420.el8' },
        architecture: 'x86_64',
        licences: [{ declared: '(GPL+ or Artistic) and MIT' }],
        description: 'The libraries',
        homepage: 'https://www.perl.org/',
        supplier: 'AlmaLinux',
        locations: [{ path: '/var/lib/rpm/rpmdb.sqlite', layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) }],
        cataloguer: 'rpm',
      },
    ]);
  });

  it.each([
    ['rhel', 'pkg:rpm/redhat/a@1-1?arch=x86_64&distro=rhel-9'],
    ['opensuse-leap', 'pkg:rpm/opensuse/a@1-1?arch=x86_64&distro=opensuse-leap-9'],
    ['fedora', 'pkg:rpm/fedora/a@1-1?arch=x86_64&distro=fedora-9'],
  ])('of %s are named as advisories name them', async (id, packageUrl) => {
    const { components } = await catalogueOf([[{ name: 'etc/os-release', content: `ID=${id}\nVERSION_ID=9\n` }, sqlite(rpmPackage('a', '1-1'))]]);
    expect(components[0]?.packageUrl).toBe(packageUrl);
  });

  it('belong to the layer since which the database has always had them', async () => {
    const a = rpmPackage('a', '1-1');
    const catalogue = await catalogueOf([[sqlite(a, rpmPackage('b', '1-1'))], [sqlite(a, rpmPackage('b', '2-1'))], [sqlite(a, rpmPackage('b', '2-1'), rpmPackage('c', '1-1'))]]);
    expect(placesOf(catalogue)).toEqual([
      ['a', '1-1', '/var/lib/rpm/rpmdb.sqlite', 0],
      ['b', '2-1', '/var/lib/rpm/rpmdb.sqlite', 1],
      ['c', '1-1', '/var/lib/rpm/rpmdb.sqlite', 2],
    ]);
  });

  it('depend on names, capabilities and files, and never on themselves, on rpm or on conditions', async () => {
    const catalogue = await catalogueOf([
      [
        sqlite(
          rpmPackage('app', '1-1', { 1049: ['libc.so.6()(64bit)', 'bash', 'config(app)', 'rpmlib(FileDigests)', '(foo if bar)', '/bin/sed', 'gone', 'libc.so.6()(64bit)'], 1047: ['config(app)'] }),
          rpmPackage('glibc', '2-1', { 1047: ['glibc', 'libc.so.6()(64bit)'] }),
          rpmPackage('bash', '5-1'),
          rpmPackage('sed', '4-1', { 1116: [0], 1117: ['sed'], 1118: ['/usr/bin/'] }),
        ),
        { name: 'usr/bin/sed', content: 'x' },
        { name: 'bin', type: '2', link: 'usr/bin' },
      ],
    ]);
    expect(edgesOf(catalogue)).toEqual(['app -> bash', 'app -> glibc', 'app -> sed']);
  });

  it('own the language packages among their files', async () => {
    const site = 'usr/lib/python3.9/site-packages/six-1.15.0.dist-info';
    const { components } = await catalogueOf([
      [sqlite(rpmPackage('python3-six', '1.15.0-9.el9', { 1116: [0, 1], 1117: ['six.py', 'METADATA'], 1118: ['/usr/lib/python3.9/site-packages/', `/${site}/`] })), { name: `${site}/METADATA`, content: 'Name: six\nVersion: 1.15.0\n' }],
    ]);
    expect(components.find(({ ecosystem }) => ecosystem === 'pypi')?.ownedBy).toBe('pkg:rpm/python3-six@1.15.0-9.el9?arch=x86_64');
  });
});

describe('the rpm database of an image', () => {
  const [one, two] = [[rpmPackage('one', '1-1')], [rpmPackage('two', '1-1')]];

  it.each([
    ['SQLite before the other formats of the folder', [[{ name: 'var/lib/rpm/Packages', content: berkeleyDatabase(two, 'little') }, { name: 'var/lib/rpm/Packages.db', content: ndbDatabase(two) }, sqlite(...one)]], 'one'],
    ['ndb before Berkeley DB', [[{ name: 'usr/lib/sysimage/rpm/Packages.db', content: ndbDatabase(one) }, { name: 'usr/lib/sysimage/rpm/Packages', content: berkeleyDatabase(two, 'big') }]], 'one'],
    ['Berkeley DB beside an SQLite database without packages', [[sqlite(), { name: 'var/lib/rpm/Packages', content: berkeleyDatabase(one, 'big') }]], 'one'],
    ['the one behind a link', [[{ name: 'var/lib/rpm', type: '2', link: '../../opt/rpm' }, { name: 'opt/rpm/rpmdb.sqlite', content: sqliteDatabase(one) }]], 'one'],
    ['the one of the highest layer', [[sqlite(...two)], [{ name: 'usr/lib/sysimage/rpm/rpmdb.sqlite', content: sqliteDatabase(one) }]], 'one'],
    ['the manifest of an image without a database', [[{ name: 'var/lib/rpmmanifest/container-manifest-2', content: 'one\t1-1\t0\t0\tV\t(none)\t0\tx86_64\t0\tone-1-1.src.rpm\n' }]], 'one'],
  ])('is %s', async (_what, layers, expected) => {
    expect((await catalogueOf(layers)).components.map(({ name }) => name)).toEqual([expected]);
  });

  it('is none below another folder', async () => {
    const { components, diagnostics } = await catalogueOf([[{ name: 'srv/root/var/lib/rpm/Packages.db', content: ndbDatabase(one) }]]);
    expect(components).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'rpm-database-of-nested-root', severity: 'notice', path: '/srv/root/var/lib/rpm/Packages.db' }]);
  });
});

/** A database and what a writer that was killed leaves beside it, made by SQLite itself. */
function withLog(before: readonly Buffer[], change: (database: DatabaseSync) => void): { database: Buffer; log: Buffer } {
  const folder = mkdtempSync(path.join(tmpdir(), 'rpm-log-'));
  const file = path.join(folder, 'rpmdb.sqlite');
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)");
  for (const header of before) database.prepare('INSERT INTO Packages (blob) VALUES (?)').run(header);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0');
  change(database);
  const read = { database: readFileSync(file), log: readFileSync(`${file}-wal`) };
  database.close();
  rmSync(folder, { recursive: true });
  return read;
}

const install = (database: DatabaseSync, header: Buffer): void => void database.prepare('INSERT INTO Packages (blob) VALUES (?)').run(header);
const large = (name: string, versionRelease: string): Buffer => rpmPackage(name, versionRelease, { 1004: 'x'.repeat(20_000) });
const databaseEntry = (content: Buffer) => ({ name: 'var/lib/rpm/rpmdb.sqlite', content });
const logEntry = (content: Buffer) => ({ name: 'var/lib/rpm/rpmdb.sqlite-wal', content });

describe('the write-ahead log of an rpm database', () => {
  const many = Array.from({ length: 300 }, (_, index) => large(`p${String(index).padStart(3, '0')}`, '1-1'));
  const { database, log } = withLog(many, (open) => {
    open.exec('DELETE FROM Packages WHERE hnum = 17');
    install(open, large('new', '1-1'));
    for (let index = 0; index < 40; index += 1) install(open, rpmPackage(`small-${index}`, '1-1'));
  });
  const expected = [...many.map((_, index) => `p${String(index).padStart(3, '0')}`).filter((name) => name !== 'p016'), 'new', ...Array.from({ length: 40 }, (_, index) => `small-${index}`)].sort();
  const namesOf = ({ components }: Catalogue): readonly string[] => components.map(({ name }) => name).sort();

  it('changes what the database says', async () => {
    const catalogue = await catalogueOf([[databaseEntry(database), logEntry(log)]]);
    expect(namesOf(catalogue)).toEqual(expected);
    expect(catalogue.diagnostics).toEqual([]);
  });

  it('may be in a later layer, which then brought what is new', async () => {
    const catalogue = await catalogueOf([[databaseEntry(database)], [logEntry(log)]]);
    expect(namesOf(catalogue)).toEqual(expected);
    expect(placesOf(catalogue).filter(([name]) => name === 'new' || name === 'p000')).toEqual([
      ['new', '1-1', '/var/lib/rpm/rpmdb.sqlite', 1],
      ['p000', '1-1', '/var/lib/rpm/rpmdb.sqlite', 0],
    ]);
  });

  it('may hold all there is', async () => {
    const everything = withLog([], (open) => {
      open.exec("CREATE TABLE 'Name' (key TEXT NOT NULL, hnum INTEGER NOT NULL)");
      install(open, large('only', '1-1'));
    });
    expect(namesOf(await catalogueOf([[databaseEntry(everything.database), logEntry(everything.log)]]))).toEqual(['only']);
  });

  it('counts up to its last complete transaction', async () => {
    const cut = log.subarray(0, log.length - 100);
    expect(namesOf(await catalogueOf([[databaseEntry(database), logEntry(cut)]]))).toEqual(expected.filter((name) => name !== 'small-39'));
    expect(namesOf(await catalogueOf([[databaseEntry(database), logEntry(log.subarray(0, 40))]]))).toHaveLength(300);
  });

  it('with damage counts up to there, and never fails', async () => {
    const damaged = Buffer.from(log);
    damaged.fill(0xff, 5000, 5010);
    expect(namesOf(await catalogueOf([[databaseEntry(database), logEntry(damaged)]]))).toHaveLength(300);
  });
});

describe('parseRpmManifest', () => {
  it.each([
    ['a package', 'openssl\t1.1.1k-15.cm2\t1\t2\tMicrosoft Corporation\t(none)\t3\tx86_64\t0\topenssl-1.1.1k-15.cm2.src.rpm', { name: 'openssl', version: '1.1.1k', release: '15.cm2', vendor: 'Microsoft Corporation', architecture: 'x86_64', sourceRpm: 'openssl-1.1.1k-15.cm2.src.rpm' }],
    ['an epoch', 'a\t1-1\t1\t2\t(none)\t3\t3\tnoarch\t3\t(none)', { name: 'a', version: '1', release: '1', epoch: 3, architecture: 'noarch' }],
    ['an epoch that the list says to be 0', 'a\t1-1\t1\t2\t(none)\t0\t3\tnoarch\t0\t(none)', { name: 'a', version: '1', release: '1', epoch: 0, architecture: 'noarch' }],
  ])('reads %s', (_what, line, expected) => {
    expect(parseRpmManifest(`${line}\n`)).toEqual({ packages: [{ ...expected, requires: [], provides: [], files: '' }], broken: 0 });
  });

  it('passes over keys and counts lines that are no package', () => {
    expect(parseRpmManifest('gpg-pubkey\t1-1\t0\t0\t\t\t0\t(none)\t0\t(none)\n\nnonsense\na\t1\t\t\t\t\t\t\t\t\n')).toEqual({ packages: [], broken: 2 });
  });
});

describe('the licence of an rpm package', () => {
  it.each([
    ['LGPLv2+', 'LGPL-2.0-or-later'],
    ['GPLv3+ AND (GPLv2+ OR LGPLv3+)', 'GPL-3.0-or-later AND (GPL-2.0-or-later OR LGPL-3.0-or-later)'],
    ['(LGPLv3+ or GPLv2+) and GPLv3+', '(LGPL-3.0-or-later OR GPL-2.0-or-later) AND GPL-3.0-or-later'],
    ['ASL 2.0', 'Apache-2.0'],
    ['ASL 2.0 and zlib', 'Apache-2.0 AND Zlib'],
    ['MIT', 'MIT'],
    ['GPL-2.0-or-later WITH GCC-exception-2.0', 'GPL-2.0-or-later WITH GCC-exception-2.0'],
    ['BSD and GPLv2+', undefined],
    ['GPLv2+ with exceptions', undefined],
    ['Public Domain', undefined],
  ])('%s is %s', (declared, spdxExpression) => {
    expect(rpmLicence(declared)).toEqual({ declared, ...(spdxExpression === undefined ? {} : { spdxExpression }) });
  });
});
