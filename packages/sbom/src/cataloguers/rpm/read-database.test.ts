import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { berkeleyDatabase, ndbDatabase, rpmHeader, rpmPackage, sqliteDatabase } from '../../test-support/rpm-fixture.js';
import { readSharedFixture, readSharedFixtureBytes, sharedFixtures } from '../../test-support/shared-fixtures.js';
import { readRpmDatabase } from './read-database.js';

const witness = z.array(
  z.object({
    name: z.string(),
    epoch: z.number().nullable(),
    version: z.string(),
    release: z.string(),
    arch: z.string().nullable(),
    sourceRpm: z.string().nullable(),
    license: z.string().nullable(),
    vendor: z.string().nullable(),
    modularityLabel: z.string().nullable(),
  }),
);
const byText = (left: object, right: object): number => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1);
/** What `rpm -qa` says, without public keys. */
const expectedOf = (json: string) => witness.parse(JSON.parse(json)).filter(({ name }) => name !== 'gpg-pubkey').sort(byText);
const foundIn = (content: Buffer) =>
  readRpmDatabase(content)
    .packages.map((found) => ({
      name: found.name,
      epoch: found.epoch ?? null,
      version: found.version,
      release: found.release,
      arch: found.architecture ?? null,
      sourceRpm: found.sourceRpm ?? null,
      license: found.licence ?? null,
      vendor: found.vendor ?? null,
      modularityLabel: found.modularityLabel ?? null,
    }))
    .sort(byText);

const fixture = (name: string): Buffer => readFileSync(path.join(import.meta.dirname, 'fixtures', name));
const realHeader = gunzipSync(fixture('libuuid-header.bin.gz'));
const key = rpmPackage('gpg-pubkey', 'fd431d51-4ae0493b');

/** Writers of every format there is. */
const formats = [
  ['SQLite', (headers: readonly Buffer[]) => sqliteDatabase(headers)],
  ['SQLite with the smallest pages', (headers: readonly Buffer[]) => sqliteDatabase(headers, { pageSize: 512 })],
  ['SQLite with the largest pages', (headers: readonly Buffer[]) => sqliteDatabase(headers, { pageSize: 65_536 })],
  ['ndb', ndbDatabase],
  ['Berkeley DB, little-endian', (headers: readonly Buffer[]) => berkeleyDatabase(headers, 'little')],
  ['Berkeley DB, big-endian', (headers: readonly Buffer[]) => berkeleyDatabase(headers, 'big')],
] as const;

describe.each(formats)('a database of %s', (_format, write) => {
  it('holds a real package as rpm reads it', () => {
    expect(foundIn(write([realHeader]))).toEqual(expectedOf(fixture('libuuid-expected.json').toString()));
  });

  it('holds packages of all sizes, and keys, which are none', () => {
    const headers = [20, 200, 5000, 50_000].map((length, index) => rpmPackage(`p${index}`, '1-1', { 1004: 'x'.repeat(length) }));
    const { packages, diagnostics } = readRpmDatabase(write([...headers, key]));
    expect(packages.map(({ name, summary }) => [name, summary?.length])).toEqual([['p0', 20], ['p1', 200], ['p2', 2000], ['p3', 2000]]);
    expect(diagnostics).toEqual([]);
  });

  it('loses a damaged package, says so, and nothing else', () => {
    const { packages, diagnostics } = readRpmDatabase(write([rpmPackage('a', '1-1'), rpmHeader({ 1000: 'no version' }), Buffer.alloc(5000, 0xff), rpmPackage('b', '2-1')]));
    expect(packages.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(diagnostics).toEqual([{ code: 'rpm-unreadable-records', severity: 'incomplete', message: '2 records of the package database could not be read.' }]);
  });

  it('cannot be damaged so that reading it fails or never ends', () => {
    const content = write([realHeader, rpmPackage('a', '1-1', { 1116: [0, 1], 1117: ['x', 'y'], 1118: ['/a/', '/b/'] }), key]);
    // A generator of its own: the same damage in every run.
    let state = 1;
    const next = (below: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    for (let round = 0; round < 300; round += 1) {
      const damaged = Buffer.from(content.subarray(0, round % 3 === 0 ? next(content.length) : content.length));
      for (let change = 0; change < 20 && damaged.length > 0; change += 1) damaged.writeUInt8(next(256), next(round % 2 === 0 ? damaged.length : Math.min(damaged.length, 4096)));
      expect(readRpmDatabase(damaged).packages.length).toBeLessThan(10);
    }
  });
});

describe('a database', () => {
  it('of Berkeley DB may have small packages in the page itself', () => {
    expect(readRpmDatabase(berkeleyDatabase([rpmPackage('a', '1-1'), rpmPackage('b', '1-1')], 'big', true)).packages.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('of SQLite with more packages than one page of a tree has, in order', () => {
    const names = Array.from({ length: 2000 }, (_, index) => `package-${index}`);
    const read = readRpmDatabase(sqliteDatabase(names.map((name) => rpmPackage(name, '1-1')), { pageSize: 512 }));
    expect(read.packages.map(({ name }) => name)).toEqual(names);
  });

  it('of SQLite without the table, or of none of the formats, is reported', () => {
    const other = Buffer.from(sqliteDatabase([]).toString('latin1').replaceAll('Packages', 'Luggages'), 'latin1');
    expect([other, Buffer.from('text')].map((content) => readRpmDatabase(content).diagnostics.map(({ code }) => code))).toEqual([['rpm-unreadable-database'], ['rpm-unreadable-database']]);
  });

  it('whose slots all name one blob gives no more than the file holds', () => {
    const content = ndbDatabase([rpmPackage('a', '1-1', { 1004: 'x'.repeat(9000) }), ...Array.from({ length: 200 }, () => rpmPackage('b', '1-1'))]);
    for (let slot = 4; slot < 200; slot += 1) content.copy(content, slot * 16, 3 * 16, 4 * 16);
    expect(readRpmDatabase(content).packages.length).toBeLessThan(10);
  });

  it.each(sharedFixtures('rpm', 'expected.json'))('of the collection agrees with rpm: %s', (name) => {
    const folder = path.dirname(name);
    const database = sharedFixtures(folder, '').find((file) => /(?:Packages(?:\.db)?|rpmdb\.sqlite)$/.test(file)) ?? '';
    expect(foundIn(readSharedFixtureBytes(database))).toEqual(expectedOf(readSharedFixture(name)));
  });
});
