import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRealStore } from './test-support/stored-findings.js';
import { startTestGateway } from './test-support/test-gateway.js';

let real: Awaited<ReturnType<typeof openRealStore>>;

beforeAll(async () => {
  real = await openRealStore(() => new Date('2026-11-23T06:00:00Z'));
});

afterAll(() => real.close());

test('sources say how current they are and under which terms, and are updated on request', async () => {
  const { advisorySources } = real.store;
  const gateway = await startTestGateway({ store: real.store });
  const session = await gateway.signIn();
  expect((await gateway.query('{ advisorySources { name } }', {}, session)).data).toEqual({ advisorySources: [] });

  await advisorySources.want(['Debian', 'npm']);
  const feed = { name: 'osv:npm', location: 'https://example.org/npm/all.zip', licence: 'CC-BY-4.0', attribution: 'GitHub', importedAt: '2026-11-23T06:00:00Z', newestRecord: '', records: 3, refused: 1 };
  await advisorySources.recordSuccess('npm', { feeds: [feed], nextAttemptAt: new Date('2026-11-24T06:00:00Z') });
  await advisorySources.recordProgress('Debian', { step: 'fetching', bytesDone: 5_000_000_000, bytesTotal: 6_000_000_000 });
  const fields = 'name state progress { step bytesDone bytesTotal } feeds { name licence attribution importedAt newestRecord records refused } failure { code } checkedAt nextAttemptAt';
  const debian = { name: 'Debian', state: 'FETCHING', progress: { step: 'FETCHING', bytesDone: '5000000000', bytesTotal: '6000000000' }, feeds: [], failure: null, checkedAt: null, nextAttemptAt: '2026-11-23T06:00:00.000Z' };
  const { location: _, ...shown } = feed;
  const npm = { name: 'npm', state: 'READY', progress: null, feeds: [{ ...shown, newestRecord: null }], failure: null, checkedAt: '2026-11-23T06:00:00.000Z', nextAttemptAt: '2026-11-24T06:00:00.000Z' };
  expect((await gateway.query(`{ advisorySources { ${fields} } }`, {}, session)).data).toEqual({ advisorySources: [debian, npm] });

  const told: unknown[] = [];
  gateway.jobs.listeners.add((payload) => told.push(payload));
  const updated = await gateway.query(`mutation { updateAdvisories(names: ["npm", "unknown"]) { sources { name nextAttemptAt } } }`, {}, session);
  expect(updated.data).toEqual({ updateAdvisories: { sources: [{ name: 'npm', nextAttemptAt: '2026-11-23T06:00:00.000Z' }] } });
  expect(told).toEqual([{ source: 'npm' }]);
  const tooMany = await gateway.query('mutation($names: [String!]) { updateAdvisories(names: $names) { sources { name } } }', { names: Array.from({ length: 101 }, String) }, session);
  expect(tooMany.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
});
