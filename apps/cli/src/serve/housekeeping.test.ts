import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, openStore, openVault } from '@esscm/store';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { keepHouse } from './housekeeping.js';

const dayMs = 24 * 3_600_000;

test('a round forgets what has run out, keeps the rest, and notes the day', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'housekeeping-'));
  const database = await openDatabase({ dataFolder: folder });
  try {
    let now = new Date('2026-06-01T00:00:00Z');
    const store = await openStore({ database, clock: { now: () => now }, vault: await openVault({ masterKey: '00'.repeat(32), keyFile: '' }) });
    const { id: organizationId } = await store.organizations.ensureDefault();
    const common = { organizationId, pluginId: 'ecr', variantId: 'private', name: 'Team', description: '', settings: {}, credentialHint: '' };
    const draft = await store.drafts.save({ ...common, createdBy: 'user', expiresAt: new Date(now.getTime() + dayMs) }, { secretAccessKey: 'x' });
    const images = [{ name: 'registry.example/web', repository: 'web', tag: '1', projectName: 'Web', projectVersion: '1' }];
    const { connection, scans: [scan] } = await store.connections.connect({ ...common, requestedBy: 'user', secrets: {}, sample: false, images });
    const line = (ageDays: number) => ({ at: new Date(now.getTime() - ageDays * dayMs), attempt: 1, level: 'info' as const, text: `${ageDays} days` });
    await store.scanLogs.append(scan?.id ?? '', [line(21), line(19)]);
    const receive = (eventId: string) => store.watches.receiveEvent(organizationId, connection.id, { eventId, action: 'push', repository: 'web', occurredAt: now });
    await receive('early');
    now = new Date(now.getTime() + 5 * dayMs);
    await receive('late');
    now = new Date(now.getTime() + 5 * dayMs);

    const lines: string[] = [];
    await keepHouse(store, pino({}, { write: (line) => lines.push(line) }), now);
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['expired drafts were removed', 'events of registries were forgotten', 'lines of old scan logs were removed']);
    expect((await store.scanLogs.read(organizationId, scan?.id ?? '', 0)).map(({ text }) => text)).toEqual(['19 days']);
    expect(await store.drafts.find(organizationId, draft.id, new Date(0))).toBeUndefined();
    expect(await store.watches.countEvents(organizationId, connection.id, new Date(0))).toBe(1);
    expect(await store.findingDays.list(organizationId, '2026-01-01')).toEqual([{ day: '2026-06-11', critical: 0, high: 0, medium: 0, low: 0, exploited: 0, imageCount: 1 }]);
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
  }
});
