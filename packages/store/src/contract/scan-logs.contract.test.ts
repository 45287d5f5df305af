import { expect, test } from 'vitest';
import type { ScanLogLine } from '../records.js';
import { connectOne, createOrganization, type TestStore } from './open-test-store.support.test.js';

/** What the log of a scan promises, on any database. */
export function testScanLogs(open: () => TestStore): void {
  const begun = async () => {
    const organizationId = await createOrganization(open());
    const { scan, connection } = await connectOne(open(), organizationId);
    const line = (text: string, more: Partial<ScanLogLine> = {}): ScanLogLine => ({ at: open().clock.now(), attempt: 1, level: 'info', text, ...more });
    return { organizationId, scanId: scan.id, connectionId: connection.id, line };
  };

  test('lines are read in the order they were written, from where a reader is', async () => {
    const { scanLogs } = open().store;
    const { organizationId, scanId, line } = await begun();
    const lines = [line('one', { stage: 'resolve' }), line('two\0', { level: 'warning', stage: 'pull' })];
    await scanLogs.append(scanId, lines);
    await scanLogs.append(scanId, [line('three', { level: 'error', attempt: 2 })]);
    const kept = [{ ...lines[0]!, position: 1 }, { ...lines[1]!, text: 'two\uFFFD', position: 2 }, { ...line('three', { level: 'error', attempt: 2 }), position: 3 }];
    expect(await scanLogs.read(organizationId, scanId, 0)).toEqual(kept);
    expect(await scanLogs.read(organizationId, scanId, 2)).toEqual(kept.slice(2));
    expect(await scanLogs.read(organizationId, 'nonsense', 0)).toEqual([]);
  });

  test('the newest 500 lines are kept, each of at most 1,000 characters', async () => {
    const { scanLogs } = open().store;
    const { organizationId, scanId, line } = await begun();
    await scanLogs.append(scanId, [line('first')]);
    await scanLogs.append(scanId, Array.from({ length: 700 }, (_, index) => line(String(index))));
    await scanLogs.append(scanId, [line('x'.repeat(5000))]);
    const kept = await scanLogs.read(organizationId, scanId, 0);
    expect(kept.map(({ position, text }) => [position, text.slice(0, 5)])).toEqual([...Array.from({ length: 499 }, (_, index) => [index + 203, String(index + 201)]), [702, 'xxxxx']]);
    expect(kept.at(-1)?.text).toBe(`${'x'.repeat(999)}…`);
  });

  test('two writers at once lose nothing', async () => {
    const { scanLogs } = open().store;
    const { organizationId, scanId, line } = await begun();
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => scanLogs.append(scanId, [line(text), line(text)])));
    expect((await scanLogs.read(organizationId, scanId, 0)).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('a log goes with its scan, and after a while', async () => {
    const { store, clock } = open();
    const { organizationId, scanId, connectionId, line } = await begun();
    await store.scanLogs.append(scanId, [line('old')]);
    const moment = clock.advance(1000);
    await store.scanLogs.append(scanId, [line('new')]);
    expect(await store.scanLogs.deleteBefore(moment)).toBeGreaterThanOrEqual(1);
    expect((await store.scanLogs.read(organizationId, scanId, 0)).map(({ text }) => text)).toEqual(['new']);
    await store.connections.delete(organizationId, connectionId);
    expect(await store.scanLogs.read(organizationId, scanId, 0)).toEqual([]);
    await store.scanLogs.append(scanId, [line('too late')]);
  });
}
