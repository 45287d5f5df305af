import { tmpdir } from 'node:os';
import { applyDocuments } from '@esscm/scanner';
import { openDatabase, openStore, openVault, StoreError, type FindingFilter } from '@esscm/store';
import pino from 'pino';
import { residentMegabytes } from '../measure.js';
import { benchKey } from './bench-key.js';
import { databaseCpuSeconds } from './database-cpu.js';

const dayMs = 86_400_000;
/** Most decisions that the API makes at once. */
const maximumDecisions = 10_000;
const open = ['untriaged', 'under_investigation', 'affected'] as const;

/**
 * What decisions and VEX documents cost on a database that `bench rematch` filled: made, listed and ended by the thousand. Leaves no decision in force and
 * no document behind.
 */
export async function benchTriage(databaseUrl: string): Promise<void> {
  const database = await openDatabase({ dataFolder: tmpdir(), databaseUrl });
  try {
    let ahead = 0;
    const now = () => new Date(Date.now() + ahead);
    const store = await openStore({ database, vault: await openVault({ masterKey: benchKey, keyFile: '' }), clock: { now }, readLimitMs: 60_000 });
    const { id } = await store.organizations.ensureDefault();
    const rows: Record<string, string | number>[] = [];
    const step = async <Result>(name: string, run: () => Promise<Result>, tell: (result: Result) => string | number): Promise<Result> => {
      const [own, theirs, began] = [process.cpuUsage(), await databaseCpuSeconds(database), performance.now()];
      const result = await run().catch((error: unknown) => (error instanceof StoreError && error.code === 'read-too-long' ? error : Promise.reject(error)));
      const wall = performance.now() - began;
      const { user, system } = process.cpuUsage(own);
      const row = { step: name, result: result instanceof StoreError ? 'longer than a minute' : tell(result), 'wall s': (wall / 1000).toFixed(1), 'CPU of the process s': ((user + system) / 1e6).toFixed(1), 'CPU of the database s': ((await databaseCpuSeconds(database)) - theirs).toFixed(1), 'resident MB': Math.round(residentMegabytes(process.pid)) };
      rows.push(row);
      console.error(Object.values(row).join('  '));
      if (result instanceof StoreError) throw result;
      return result;
    };
    const filter: FindingFilter = { search: 'lib' };
    // A page that takes too long keeps no other from being measured.
    const page = <Result>(...named: Parameters<typeof step<Result>>) =>
      step(...named).catch((error: unknown) => {
        if (!(error instanceof StoreError)) throw error;
      });
    const pages = async (when: string): Promise<void> => {
      const triage = { states: open, at: now() };
      await page(`open findings by age, ${when}`, () => store.findings.countByAge(id, { triage }, now()), (ages) => ages.length);
      await page(`first page of open findings, ${when}`, () => store.findings.list(id, { triage }, 'importance', { first: 50 }), ({ items }) => items.length);
      await page(`open findings by package, ${when}`, () => store.findings.groups(id, 'component', { triage }, { first: 50 }), ({ items }) => items.length);
      await page(`decisions, first page, ${when}`, () => store.triage.list(id, { active: true }, { first: 50 }), ({ items }) => items.length);
    };

    await step('what a decision about the filter comes to', () => store.triage.preview(id, filter, 'image', maximumDecisions + 1), ({ decisionCount }) => `${decisionCount} decisions`);
    const targets = await step('its targets', () => store.triage.targets(id, filter, 'image', maximumDecisions), (found) => `${found.length} targets`);
    const decision = { scope: 'image', state: 'accepted_risk', reason: 'bench', author: 'bench', reopenWhenFixed: false } as const;
    await step('decided, until tomorrow', () => store.triage.decide(id, targets, { ...decision, expiresAt: new Date(Date.now() + dayMs) }), ({ madeCount }) => `${madeCount} made`);
    await pages('decided');
    ahead = 2 * dayMs;
    await step('all expire', () => store.triage.endDue(), (ended) => `${ended} ended`);
    await step('decided, until there is a fix', () => store.triage.decide(id, targets.map((target) => ({ ...target, hadFix: false })), { ...decision, reopenWhenFixed: true }), ({ madeCount }) => `${madeCount} made`);
    await step('all are open again, as there is one', () => store.triage.endDue(), (ended) => `${ended} ended`);
    const batch = await step('decided for good', () => store.triage.decide(id, targets, decision), ({ madeCount }) => `${madeCount} made`);
    await step('nothing is due', () => store.triage.endDue(), (ended) => `${ended} ended`);
    await step('the batch withdrawn', () => store.triage.withdrawBatch(id, batch.batchId ?? ''), (ended) => `${ended} ended`);

    const vulnerability = (await store.findings.groups(id, 'vulnerability', {}, { first: 1 })).items[0]?.key ?? '';
    const { items: [finding] } = await store.findings.list(id, { vulnerability }, 'importance', { first: 1 });
    const statement = { vulnerability, aliases: [], status: 'not_affected', justification: 'vulnerable_code_not_present', timestamp: '', products: [{ product: { packageUrls: [finding?.packageKey ?? ''], digests: [], cpes: [] } }] } as const;
    const { document } = await store.vex.put(id, {
      source: 'uploaded',
      identity: 'bench',
      name: 'bench',
      location: 'bench',
      addedBy: 'bench',
      format: 'openvex',
      documentId: 'bench',
      author: 'bench',
      version: '1',
      issued: '',
      digest: `sha256:${'0'.repeat(64)}`,
      sizeBytes: 1,
      attachedTo: [],
      problems: [],
      statements: [statement],
    });
    const dependencies = { store, log: pino({ level: 'warn' }) };
    const goOn = () => Promise.resolve();
    try {
      await step('a VEX statement applied to every image', () => applyDocuments(dependencies, { goOn }), (images) => `${images} images`);
      await step('what it changes', () => store.vex.effects(id, [document.id]), (effects) => `${effects.get(document.id)?.hidden ?? 0} findings`);
      await step('its statements', () => store.vex.statements(id, document.id, {}, { first: 50 }), ({ items }) => items.length);
      await step('documents', () => store.vex.list(id, {}, { first: 50 }), ({ items }) => items.length);
      await pages('with VEX');
    } finally {
      await step('the document deleted', () => store.vex.delete(id, document.id), String);
    }
    await step('every image looked at again', () => applyDocuments(dependencies, { goOn }), (images) => `${images} images`);
    console.table(rows);
  } finally {
    await database.close();
  }
}
