import { tmpdir } from 'node:os';
import { openDatabase, openStore, openVault, type OpenStore } from '@esscm/store';
import { median } from '../measure.js';
import { benchKey } from './bench-key.js';

const dayMs = 86_400_000;

/** What the pages of the web app ask for that is counted over all findings or components. */
const reads: Readonly<Record<string, (store: OpenStore, organizationId: string, now: Date) => Promise<unknown>>> = {
  'totals': (store, id) => store.findings.countBySeverity(id, {}),
  'totals of critical and high': (store, id) => store.findings.countBySeverity(id, { severities: ['critical', 'high'] }),
  'ages of what is open': (store, id, now) => store.findings.countByAge(id, { triage: { states: ['untriaged', 'under_investigation', 'affected'], at: now } }, now),
  'by vulnerability, 50': (store, id) => store.findings.groups(id, 'vulnerability', {}, { first: 50 }),
  'by package, 50': (store, id) => store.findings.groups(id, 'component', {}, { first: 50 }),
  'by image, 50': (store, id) => store.findings.groups(id, 'image', {}, { first: 50 }),
  'new in seven days, 5': (store, id, now) => store.findings.groups(id, 'vulnerability', { firstSeenSince: new Date(now.getTime() - 7 * dayMs) }, { first: 5 }),
  'one by one, 50': (store, id) => store.findings.list(id, {}, 'importance', { first: 50 }),
  'top fixes, 4': (store, id) => store.fixes.list(id, { limit: 4 }),
  'top fixes, 100': (store, id) => store.fixes.list(id, { limit: 100 }),
  'top base images, 4': (store, id) => store.fixes.bases(id, { limit: 4 }),
  'components with lib in their name': (store, id) => store.packages.search(id, { name: 'lib', limit: 101 }),
  'components with openssl in their name': (store, id) => store.packages.search(id, { name: 'openssl', limit: 101 }),
};

/** How long each answer takes on a database that `bench rematch` filled, one after the other, with nothing else asked. */
export async function benchReads({ databaseUrl, rounds }: { readonly databaseUrl: string; readonly rounds: number }): Promise<void> {
  const database = await openDatabase({ dataFolder: tmpdir(), databaseUrl });
  try {
    const store = await openStore({ database, vault: await openVault({ masterKey: benchKey, keyFile: '' }) });
    const { id } = await store.organizations.ensureDefault();
    const figures: Record<string, number[]> = {};
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, read] of Object.entries(reads)) {
        const began = performance.now();
        await read(store, id, new Date());
        // The first round warms the database's memory.
        if (round > 0) (figures[name] ??= []).push(performance.now() - began);
      }
    }
    const { rows } = await database.pool.query('select (select count(*) from esscm.tracked_images) as images, (select count(*) from esscm.components) as components, (select count(*) from esscm.findings) as findings');
    console.log(`${rows[0].images} images, ${rows[0].components} components, ${rows[0].findings} findings`);
    console.table(Object.entries(figures).map(([read, times]) => ({ read, 'median ms': Math.round(median(times)), 'most ms': Math.round(Math.max(...times)) })));
  } finally {
    await database.close();
  }
}
