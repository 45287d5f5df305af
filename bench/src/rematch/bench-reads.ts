import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, openStore, openVault, type ComparedPair, type Database, type OpenStore } from '@esscm/store';
import { median, residentMegabytes } from '../measure.js';
import { benchKey } from './bench-key.js';
import { storeImages } from './bench-rematch.js';

const dayMs = 86_400_000;
const open = ['untriaged', 'under_investigation', 'affected'] as const;

/** What the pages of the web app ask for that is counted over all findings or components. */
const reads: Readonly<Record<string, (store: OpenStore, organizationId: string, now: Date) => Promise<unknown>>> = {
  'totals': (store, id) => store.findings.countBySeverity(id, {}),
  'totals of critical and high': (store, id) => store.findings.countBySeverity(id, { severities: ['critical', 'high'] }),
  'ages of what is open': (store, id, now) => store.findings.countByAge(id, { triage: { states: open, at: now } }, now),
  'by vulnerability, 50': (store, id) => store.findings.groups(id, 'vulnerability', {}, { first: 50 }),
  'by package, 50': (store, id) => store.findings.groups(id, 'component', {}, { first: 50 }),
  'by image, 50': (store, id) => store.findings.groups(id, 'image', {}, { first: 50 }),
  'by vulnerability, 50, most images first': (store, id) => store.findings.groups(id, 'vulnerability', {}, { first: 50, sort: 'images' }),
  'by vulnerability, 50, most projects first': (store, id) => store.findings.groups(id, 'vulnerability', {}, { first: 50, sort: 'projects' }),
  'by vulnerability, 50, by EPSS': (store, id) => store.findings.groups(id, 'vulnerability', {}, { first: 50, sort: 'epss' }),
  'by package, 50, most findings first': (store, id) => store.findings.groups(id, 'component', {}, { first: 50, sort: 'findings' }),
  'new in seven days, 5': (store, id, now) => store.findings.groups(id, 'vulnerability', { firstSeenSince: new Date(now.getTime() - 7 * dayMs) }, { first: 5 }),
  'open by vulnerability, 50': (store, id, now) => store.findings.groups(id, 'vulnerability', { triage: { states: open, at: now } }, { first: 50 }),
  'open, one by one, 50': (store, id, now) => store.findings.list(id, { triage: { states: open, at: now } }, 'importance', { first: 50 }),
  'one by one, 50': (store, id) => store.findings.list(id, {}, 'importance', { first: 50 }),
  'top fixes, 4': (store, id) => store.fixes.list(id, { limit: 4 }),
  'top fixes, 100': (store, id) => store.fixes.list(id, { limit: 100 }),
  'top base images, 4': (store, id) => store.fixes.bases(id, { limit: 4 }),
  'components with lib in their name': (store, id) => store.packages.search(id, { name: 'lib', limit: 101 }),
  'components with openssl in their name': (store, id) => store.packages.search(id, { name: 'openssl', limit: 101 }),
  '… with their images and findings, 50': async (store, id) => {
    const versions = await store.packages.search(id, { name: 'lib', limit: 50 });
    await Promise.all([store.packages.spreads(id, versions), store.packages.countImages(id, versions), store.packages.findingCounts(id, versions)]);
  },
  'two images compared, components': async (store, id) => await store.comparisons.components(id, await firstPair(store, id)),
  'two images compared, findings': async (store, id) => {
    const pair = await firstPair(store, id);
    await Promise.all([store.comparisons.counts(id, pair), store.comparisons.list(id, pair, {}, { first: 50 })]);
  },
};

/** The first two images with a result. */
async function firstPair(store: OpenStore, organizationId: string): Promise<ComparedPair> {
  const { items } = await store.images.list(organizationId, {}, { first: 2 });
  const [from, to] = items.flatMap(({ id: imageId, contentId }) => (contentId === undefined ? [] : [{ imageId, contentId }]));
  if (from === undefined || to === undefined) throw new Error('Two images with a result are to be stored first; see bench rematch.');
  return { from, to };
}

interface ReadsOptions {
  /** A database that `bench rematch` filled, or what an embedded database is to be filled with. */
  readonly stored: { readonly databaseUrl: string } | { readonly layout: string; readonly images: number };
  readonly rounds: number;
}

/** How long each answer takes on stored images, one after the other, with nothing else asked. */
export async function benchReads({ stored, rounds }: ReadsOptions): Promise<void> {
  if ('databaseUrl' in stored) return await read(await openDatabase({ dataFolder: tmpdir(), databaseUrl: stored.databaseUrl }), rounds);
  const folder = mkdtempSync(join(tmpdir(), 'esscm-reads-'));
  try {
    await storeImages(folder, { ...stored, changed: 1, databaseUrl: undefined });
    await read(await openDatabase({ dataFolder: folder }), rounds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function read(database: Database, rounds: number): Promise<void> {
  try {
    const store = await openStore({ database, vault: await openVault({ masterKey: benchKey, keyFile: '' }) });
    const { id } = await store.organizations.ensureDefault();
    const figures: Record<string, number[]> = {};
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, ask] of Object.entries(reads)) {
        const began = performance.now();
        await ask(store, id, new Date());
        // The first round warms the database's memory.
        if (round > 0) (figures[name] ??= []).push(performance.now() - began);
      }
    }
    const { rows } = await database.pool.query('select (select count(*) from esscm.tracked_images) as images, (select count(*) from esscm.components) as components, (select count(*) from esscm.findings) as findings');
    console.log(`${rows[0].images} images, ${rows[0].components} components, ${rows[0].findings} findings in ${database.kind}; ${Math.round(residentMegabytes(process.pid))} MB resident`);
    console.table(Object.entries(figures).map(([name, times]) => ({ read: name, 'median ms': Math.round(median(times)), 'most ms': Math.round(Math.max(...times)) })));
  } finally {
    await database.close();
  }
}
