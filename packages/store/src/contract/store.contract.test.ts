import { describe, expect, test } from 'vitest';
import { InvalidCursorError, StoreError } from '../errors.js';
import { migrate } from '../migrate.js';
import { openStore } from '../open-store.js';
import { MasterKeyVault } from '../vault/secrets-vault.js';
import { testAdvisorySources } from './advisory-sources.contract.test.js';
import { testComparisons } from './comparisons.contract.test.js';
import { testConnections } from './connections.contract.test.js';
import { testContents } from './contents.contract.test.js';
import { testFindingStates } from './finding-states.contract.test.js';
import { testFindings } from './findings.contract.test.js';
import { testInsights } from './insights.contract.test.js';
import { testIsolation } from './isolation.contract.test.js';
import { connectOne, createOrganization, type TestStore } from './open-test-store.support.test.js';
import { testPackages } from './packages.contract.test.js';
import { testSavedViews } from './saved-views.contract.test.js';
import { testRematches } from './rematches.contract.test.js';
import { testScanPauses } from './scan-pauses.contract.test.js';
import { testScanSearch } from './scan-search.contract.test.js';
import { testScanLogs } from './scan-logs.contract.test.js';
import { testScans } from './scans.contract.test.js';
import { testWatches } from './watches.contract.test.js';
import { testTriage } from './triage.contract.test.js';
import { testVex } from './vex.contract.test.js';

/** All that a store promises, on any database. */
export function testStore(open: () => TestStore): void {
  describe('connections', () => {
    testConnections(open);
  });
  describe('scans', () => {
    testScans(open);
  });
  describe('scans by a text', () => {
    testScanSearch(open);
  });
  describe('a pause', () => {
    testScanPauses(open);
  });
  describe('the log of a scan', () => {
    testScanLogs(open);
  });
  describe('contents', () => {
    testContents(open);
  });
  describe('staying current', () => {
    testWatches(open);
  });
  describe('packages', () => {
    testPackages(open);
  });
  describe('saved views', () => {
    testSavedViews(open);
  });
  describe('findings', () => {
    testFindings(open);
  });
  describe('findings by their state', () => {
    testFindingStates(open);
  });
  describe('comparing', () => {
    testComparisons(open);
  });
  describe('insights', () => {
    testInsights(open);
  });
  describe('a decision about findings', () => {
    testTriage(open);
  });
  describe('a VEX document', () => {
    testVex(open);
  });
  describe('matching again', () => {
    testRematches(open);
  });
  describe('advisory sources', () => {
    testAdvisorySources(open);
  });
  describe('isolation', () => {
    testIsolation(open);
  });

  test('findings of a day are recorded once a day, the last record counts', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const day = (text: string, critical: number) => ({ day: text, critical, high: 2, medium: 3, low: 4, exploited: 1, imageCount: 5 });
    for (const record of [day('2029-12-31', 9), day('2030-01-02', 7), day('2030-01-01', 8), day('2030-01-02', 6)]) await store.findingDays.record(organizationId, record);
    expect(await store.findingDays.list(organizationId, '2030-01-01')).toEqual([day('2030-01-01', 8), day('2030-01-02', 6)]);
  });

  test('there is one default organisation, whoever asks first', async () => {
    const { store } = open();
    const [one, two] = await Promise.all([store.organizations.ensureDefault(), store.organizations.ensureDefault()]);
    expect(two).toEqual(one);
    expect(await store.organizations.find(one.id)).toEqual(one);
    expect(await store.organizations.find('org_unknown')).toBeUndefined();
  });

  test('access tokens are found by their hash until they expire or are revoked', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const hash = new TextEncoder().encode(organizationId);
    const expiresAt = new Date(clock.now().getTime() + 1000);
    const token = await store.accessTokens.create({ organizationId, userId: 'u', name: 'ci', scopes: ['READ', 'SCAN'], expiresAt, hash });
    expect(await store.accessTokens.findByHash(hash, clock.now())).toEqual(token);
    await store.accessTokens.markUsed(token.id, clock.now());
    expect(await store.accessTokens.list(organizationId, 'u')).toEqual([{ ...token, lastUsedAt: clock.now() }]);
    expect(await store.accessTokens.findByHash(hash, expiresAt)).toBeUndefined();
    expect(await store.accessTokens.revoke(organizationId, 'someone else', token.id)).toBe(false);
    expect(await store.accessTokens.revoke(organizationId, 'u', token.id)).toBe(true);
    expect(await store.accessTokens.findByHash(hash, clock.now())).toBeUndefined();
  });

  test('cursors of another list, changed ones and nonsense are refused', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    await connectOne(open(), organizationId);
    await connectOne(open(), organizationId);
    const { nextCursor = '' } = await store.connections.list(organizationId, { first: 1 });
    const forged = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const bad = ['', 'nonsense', nextCursor, 'x'.repeat(5000), forged(['scans']), forged(['scans', true, 1e300, 'x']), forged(['scans', true, 1, 'a\0b']), forged({ 0: 'scans' }), forged(['scans', true, 1, 'x', 'more'])];
    for (const after of bad) {
      await expect(store.scans.list(organizationId, {}, { first: 1, after })).rejects.toThrow(InvalidCursorError);
    }
    for (const first of [0, 101, 1.5, Number.NaN]) {
      await expect(store.scans.list(organizationId, {}, { first })).rejects.toMatchObject({ code: 'invalid-page-size' });
    }
  });

  test('several processes may open at once; a newer database is refused', async () => {
    const { pool } = open();
    await Promise.all([migrate(pool), migrate(pool), migrate(pool)]);
    await pool.query(`insert into esscm.migrations values (99999999999999, 'of a later version')`);
    await expect(migrate(pool)).rejects.toMatchObject({ code: 'newer-database' });
    await pool.query('delete from esscm.migrations where written_at = 99999999999999');
    await migrate(pool);
  });

  test('the master key can be changed, and only the right one opens the store', async () => {
    const { store, pool, clock, vault } = open();
    const organizationId = await createOrganization(open());
    const { connection } = await connectOne(open(), organizationId);
    const next = new MasterKeyVault(new Uint8Array(32).fill(7));
    await expect(openStore({ database: { pool }, vault: next, clock })).rejects.toMatchObject({ code: 'wrong-master-key' });
    await store.rotateMasterKey(next);
    await expect(openStore({ database: { pool }, vault, clock })).rejects.toThrow(StoreError);
    const reopened = await openStore({ database: { pool }, vault: next, clock });
    expect(await reopened.connections.readSecrets(organizationId, connection.id)).toEqual({ secretAccessKey: 'very secret' });
    await reopened.rotateMasterKey(vault);
    expect(await store.connections.readSecrets(organizationId, connection.id)).toEqual({ secretAccessKey: 'very secret' });
  });

  test('sealed secrets moved to another connection do not open', async () => {
    const { store, pool } = open();
    const organizationId = await createOrganization(open());
    const victim = await connectOne(open(), organizationId);
    const other = await connectOne(open(), organizationId);
    await pool.query(
      `update esscm.sealed_secrets as mine set wrapped_key = theirs.wrapped_key, sealed = theirs.sealed
       from esscm.sealed_secrets as theirs where mine.owner_id = $1 and theirs.owner_id = $2`,
      [other.connection.id, victim.connection.id],
    );
    await expect(store.connections.readSecrets(organizationId, other.connection.id)).rejects.toMatchObject({ code: 'unreadable-secret' });
  });
}
