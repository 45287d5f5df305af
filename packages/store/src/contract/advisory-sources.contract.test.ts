import { expect, test } from 'vitest';
import { matching } from './findings.contract.test.js';
import { connectInput, createOrganization, image, scanResult, type TestStore } from './open-test-store.support.test.js';

/** What is kept of advisory sources and leases, on any database. */
export function testAdvisorySources(open: () => TestStore): void {
  const feed = { name: 'osv:npm', location: 'https://example.org/npm/all.zip', licence: 'CC-BY-4.0', attribution: 'GitHub', importedAt: '2030-01-01T00:00:00Z', newestRecord: '2029-12-31T00:00:00Z', records: 3, refused: 0 };

  test('a source is wanted once, due at once, and then when its outcome says', async () => {
    const { store, clock } = open();
    const { advisorySources } = store;
    const wantedAt = clock.now();
    expect(await advisorySources.want(['npm'])).toEqual(['npm']);
    expect(await advisorySources.want(['npm', 'Debian'])).toEqual(['Debian']);
    const wanted = { state: 'wanted', feeds: [], failures: 0, wantedAt, nextAttemptAt: wantedAt };
    expect(await advisorySources.due()).toEqual([{ name: 'Debian', ...wanted }, { name: 'npm', ...wanted }]);

    await advisorySources.recordProgress('npm', { step: 'fetching', bytesDone: 5 });
    expect((await advisorySources.list())[1]).toMatchObject({ state: 'fetching', progress: { step: 'fetching', bytesDone: 5 } });

    const failure = { code: 'download-failed', message: 'It was not fetched.', remedy: 'Check the network.' };
    const later = new Date(clock.now().getTime() + 60_000);
    await advisorySources.recordFailure('npm', { failure, nextAttemptAt: later });
    await advisorySources.recordFailure('npm', { failure, nextAttemptAt: later });
    expect((await advisorySources.list())[1]).toEqual({ name: 'npm', ...wanted, state: 'failed', failure, failures: 2, nextAttemptAt: later });
    expect((await advisorySources.due()).map(({ name }) => name)).toEqual(['Debian']);

    const checkedAt = clock.advance(60_000);
    const nextAttemptAt = new Date(checkedAt.getTime() + 86_400_000);
    await advisorySources.recordSuccess('npm', { feeds: [feed], nextAttemptAt });
    expect((await advisorySources.list())[1]).toEqual({ name: 'npm', ...wanted, state: 'ready', feeds: [feed], checkedAt, nextAttemptAt });
    expect(await advisorySources.requestNow(['npm', 'unknown'])).toEqual(['npm']);
    expect((await advisorySources.due()).map(({ name }) => name)).toContain('npm');
  });

  test('packages of a distribution that scanned images hold, with those they were built from, each once', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { scans } = await store.connections.connect(connectInput(organizationId, { images: [image('a', '1'), image('b', '1')] }));
    const components = scanResult().components.map((component) => (component.name === 'zlib1g' ? { ...component, sourceName: 'zlib', sourceVersion: '1.3' } : component));
    for (const { id } of scans) await store.scans.complete(id, scanResult({ components, matching: matching({ distribution: { id: 'amzn', idLike: [] } }) }));
    expect((await store.advisorySources.packageNames('amzn', ['deb'])).toSorted()).toEqual(['Zeta', 'bash', 'zlib', 'zlib1g']);
    expect(await store.advisorySources.packageNames('amzn', ['rpm'])).toEqual([]);
    expect(await store.advisorySources.packageNames('rhel', ['deb'])).toEqual([]);
  });

  test('a lease has one holder, who may renew it; when it has run out anybody may take it', async () => {
    const { store, clock } = open();
    expect(await store.leases.take('work', 'one', 1000)).toBe(true);
    expect(await store.leases.take('work', 'two', 1000)).toBe(false);
    expect(await store.leases.take('other', 'two', 1000)).toBe(true);
    clock.advance(900);
    expect(await store.leases.take('work', 'one', 1000)).toBe(true);
    clock.advance(900);
    expect(await store.leases.take('work', 'two', 1000)).toBe(false);
    clock.advance(101);
    expect(await store.leases.take('work', 'two', 1000)).toBe(true);
    await store.leases.release('work', 'one');
    expect(await store.leases.take('work', 'one', 1000)).toBe(false);
    await store.leases.release('work', 'two');
    expect(await store.leases.take('work', 'one', 1000)).toBe(true);
  });
}
