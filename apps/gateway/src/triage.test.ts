import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openRealStore, scannedImage, storedFinding, storedMatching } from './test-support/stored-findings.js';
import { resultOf, startTestGateway } from './test-support/test-gateway.js';

const now = new Date('2026-11-23T06:00:00Z');
let real: Awaited<ReturnType<typeof openRealStore>>;
let gateway: Awaited<ReturnType<typeof startTestGateway>>;
let session: Record<string, string>;
let imageId: string;

beforeAll(async () => {
  real = await openRealStore(() => now);
  const findings = [storedFinding('CVE-2021-1', { severity: 'critical' }), storedFinding('CVE-2021-2')];
  imageId = (await scannedImage(real.store, real.organizationId, '1', storedMatching(findings))).image.id;
  await scannedImage(real.store, real.organizationId, '2', storedMatching(findings));
});

afterAll(() => real.close());

beforeEach(async () => {
  gateway = await startTestGateway({ store: real.store });
  session = await gateway.signIn();
});

const triage = `mutation($input: TriageInput!) { triageFindings(input: $input) {
  ... on TriagePayload { decisionCount decisions { id vulnerabilityId packageKey scope imageName projectId state justification reason author expiresAt reopenWhenFixed createdAt endedAt end } }
  ... on ValidationProblem { issues { field message } } } }`;
const input = { scope: 'IMAGE', state: 'NOT_AFFECTED', justification: 'VULNERABLE_CODE_NOT_PRESENT', reason: 'The function is not in our build.' };

const states = async () => {
  const { data } = await gateway.query('{ findings { edges { node { id vulnerabilityId state decision { reason } image { tag } } } } }', {}, session);
  const { edges } = resultOf<{ edges: { node: { id: string; vulnerabilityId: string; state: string; image: { tag: string } } }[] }>({ data }, 'findings');
  return edges.map(({ node }) => node);
};

test('a decision about one finding holds for every tag of the image, is filtered by, and can be taken back', async () => {
  const [first] = await states();
  expect(first).toMatchObject({ vulnerabilityId: 'CVE-2021-1', state: 'UNTRIAGED', decision: null });
  const { data, errors } = await gateway.query(triage, { input: { ...input, findingIds: [first?.id, 'nonsense'], expiresAt: '2027-01-01T00:00:00Z', reopenWhenFixed: true } }, session);
  expect(errors).toBeUndefined();
  const { decisions } = resultOf<{ decisions: { id: string }[] }>({ data }, 'triageFindings');
  expect(data).toEqual({
    triageFindings: {
      decisionCount: 1,
      decisions: [
        {
          id: expect.stringMatching(/^tri_/),
          vulnerabilityId: 'CVE-2021-1',
          packageKey: 'pkg:npm/lodash',
          imageName: 'registry.example/shop',
          projectId: null,
          ...input,
          author: 'Ada',
          expiresAt: '2027-01-01T00:00:00.000Z',
          reopenWhenFixed: true,
          createdAt: '2026-11-23T06:00:00.000Z',
          endedAt: null,
          end: null,
        },
      ],
    },
  });
  expect((await states()).map(({ vulnerabilityId, state, image }) => `${vulnerabilityId} ${image.tag} ${state}`).toSorted()).toEqual(['CVE-2021-1 1 NOT_AFFECTED', 'CVE-2021-1 2 NOT_AFFECTED', 'CVE-2021-2 1 UNTRIAGED', 'CVE-2021-2 2 UNTRIAGED']);
  const open = await gateway.query('{ findings(filter: { states: [UNTRIAGED, AFFECTED] }) { totalCount { count } edges { node { vulnerabilityId } } } findingGroups(groupBy: VULNERABILITY, filter: { states: [NOT_AFFECTED] }) { edges { node { key } } } }', {}, session);
  expect(open.data).toEqual({ findings: { totalCount: { count: 2 }, edges: [{ node: { vulnerabilityId: 'CVE-2021-2' } }, { node: { vulnerabilityId: 'CVE-2021-2' } }] }, findingGroups: { edges: [{ node: { key: 'CVE-2021-1' } }] } });
  const soon = await gateway.query('{ decisions(filter: { active: true, expiresBefore: "2027-02-01T00:00:00Z", imageName: "registry.example/shop" }) { edges { node { vulnerabilityId } } } }', {}, session);
  expect(soon.data).toEqual({ decisions: { edges: [{ node: { vulnerabilityId: 'CVE-2021-1' } }] } });
  const withdrawn = await gateway.query('mutation($ids: [ID!]!) { withdrawDecisions(ids: $ids) { decisions { end } } }', { ids: decisions.map(({ id }) => id) }, session);
  expect(withdrawn.data).toEqual({ withdrawDecisions: { decisions: [{ end: 'WITHDRAWN' }] } });
  expect((await states()).every(({ state }) => state === 'UNTRIAGED')).toBe(true);
});

test('the table of findings holds the wanted states', async () => {
  const csv = async (states: string) => (await fetch(`${gateway.address}/api/findings.csv?states=${states}`, { headers: session })).text();
  const [first] = await states();
  const { data } = await gateway.query(triage, { input: { ...input, findingIds: [first?.id] } }, session);
  expect((await csv('not_affected')).match(/CVE-2021-1/g)).toHaveLength(2);
  expect(await csv('untriaged,affected')).not.toContain('CVE-2021-1');
  expect(await csv('dreadful')).toContain('BAD_USER_INPUT');
  await gateway.query('mutation($ids: [ID!]!) { withdrawDecisions(ids: $ids) { decisions { end } } }', { ids: resultOf<{ decisions: { id: string }[] }>({ data }, 'triageFindings').decisions.map(({ id }) => id) }, session);
});

test('all findings of a filter are decided about at once, in one project', async () => {
  const { data } = await gateway.query(triage, { input: { scope: 'PROJECT', state: 'ACCEPTED_RISK', reason: 'Until the next release.', filter: { imageId } } }, session);
  expect(resultOf<{ decisions: unknown[] }>({ data }, 'triageFindings').decisions).toMatchObject([
    { vulnerabilityId: 'CVE-2021-1', projectId: expect.stringMatching(/^prj_/), imageName: null },
    { vulnerabilityId: 'CVE-2021-2', projectId: expect.stringMatching(/^prj_/), imageName: null },
  ]);
});

test('what a decision over all that match would come to is said before, and what it came to after; it is undone as one', async () => {
  const filter = { severities: ['CRITICAL', 'HIGH'] };
  const preview = async (scope: string) => (await gateway.query('query($filter: FindingFilterInput!, $scope: DecisionScope!) { triagePreview(filter: $filter, scope: $scope) { findings { count exact } decisions { count exact } decidedCount at } }', { filter, scope }, session)).data;
  expect(await preview('IMAGE')).toEqual({ triagePreview: { findings: { count: 4, exact: true }, decisions: { count: 2, exact: true }, decidedCount: 0, at: '2026-11-23T06:00:00.000Z' } });
  const everything = { ...input, filter, keepEarlier: true, keepSince: '2026-11-23T06:00:00Z' };
  const decide = async (more: object) => {
    const { data, errors } = await gateway.query(`mutation($input: TriageInput!) { triageFindings(input: $input) { ... on TriagePayload { decisionCount batchId findings { count exact } kept { same earlier since } } } }`, { input: { ...everything, ...more } }, session);
    expect(errors).toBeUndefined();
    return resultOf<{ batchId: string }>({ data }, 'triageFindings');
  };
  const alone = { findings: { count: 2, exact: true }, kept: { same: 0, earlier: 0, since: 0 }, decisionCount: 1, batchId: null };
  expect(await decide({ filter: { vulnerabilityId: 'CVE-2021-1' }, reason: 'By hand.' })).toEqual(alone);
  expect(await decide({})).toEqual({ decisionCount: 1, batchId: expect.stringMatching(/^bat_/), findings: { count: 4, exact: true }, kept: { same: 0, earlier: 1, since: 0 } });
  expect(await preview('IMAGE')).toMatchObject({ triagePreview: { decidedCount: 2 } });
  const { batchId } = await decide({ keepEarlier: false });
  expect(await decide({ keepEarlier: false })).toMatchObject({ decisionCount: 0, kept: { same: 2 } });
  const listed = await gateway.query('query($batchId: ID!) { decisions(filter: { batchId: $batchId }) { edges { node { batchId state } } } }', { batchId }, session);
  expect(listed.data).toEqual({ decisions: { edges: [{ node: { batchId, state: 'NOT_AFFECTED' } }] } });
  const undo = async () => (await gateway.query('mutation($batchId: ID!) { withdrawDecisionBatch(batchId: $batchId) { count } }', { batchId }, session)).data;
  expect([await undo(), await undo()]).toEqual([{ withdrawDecisionBatch: { count: 1 } }, { withdrawDecisionBatch: { count: 0 } }]);
  const held = await real.store.triage.list(real.organizationId, { active: true }, { first: 50 });
  await real.store.triage.withdraw(real.organizationId, held.items.filter(({ scope }) => scope === 'image').map(({ id }) => id));
});

test.each([
  [{ filter: {}, findingIds: ['x'] }, { field: '', message: 'Give either the ids of findings or a filter.' }],
  [{}, { field: '', message: 'Give either the ids of findings or a filter.' }],
  [{ findingIds: [] }, { field: 'findingIds', message: 'Choose 1 to 500 findings.' }],
  [{ findingIds: ['nonsense'] }, { field: '', message: 'No finding matches any more.' }],
  [{ filter: { vulnerabilityId: 'CVE-1999-1' } }, { field: '', message: 'No finding matches any more.' }],
  [{ filter: {}, justification: null }, { field: 'justification', message: 'Say why it does no harm.' }],
  [{ filter: {}, state: 'AFFECTED' }, { field: 'justification', message: 'A justification goes with “not affected” only.' }],
  [{ filter: {}, state: 'UNTRIAGED', justification: null }, { field: 'state', message: 'To undo a decision, withdraw it.' }],
  [{ filter: {}, reason: ' x ' }, { field: 'reason', message: 'Give a reason.' }],
  [{ filter: {}, expiresAt: '2026-11-23T06:00:00Z' }, { field: 'expiresAt', message: 'Choose a day in the future.' }],
])('%j is refused', async (changes, issue) => {
  const { data } = await gateway.query(triage, { input: { ...input, ...changes } }, session);
  expect(data).toEqual({ triageFindings: { issues: [issue] } });
});

test('what happened to a finding is told, newest first', async () => {
  const contentId = (await real.store.images.find(real.organizationId, imageId))?.contentId ?? '';
  await real.store.findings.replace(real.organizationId, contentId, storedMatching([storedFinding('CVE-2021-1', { severity: 'low', fixVersion: '5.0.0' }), storedFinding('CVE-2021-9')], { revision: 'r2' }));
  const { data } = await gateway.query('query($id: ID!) { findingEvents(filter: { imageId: $id }) { edges { node { kind cause advisoryRevision vulnerabilityId severity changes { name before after } image { tag } } } } }', { id: imageId }, session);
  const { edges } = resultOf<{ edges: { node: { vulnerabilityId: string } }[] }>({ data }, 'findingEvents');
  const event = { cause: 'ADVISORIES', advisoryRevision: 'r2', image: { tag: '1' } };
  expect(edges.map(({ node }) => node).toSorted((one, other) => (one.vulnerabilityId < other.vulnerabilityId ? -1 : 1))).toEqual([
    { ...event, kind: 'CHANGED', vulnerabilityId: 'CVE-2021-1', severity: 'LOW', changes: [{ name: 'severity', before: 'critical', after: 'low' }, { name: 'fixVersion', before: '4.17.21', after: '5.0.0' }] },
    { ...event, kind: 'RESOLVED', vulnerabilityId: 'CVE-2021-2', severity: 'HIGH', changes: [] },
    { ...event, kind: 'NEW', vulnerabilityId: 'CVE-2021-9', severity: 'HIGH', changes: [] },
  ]);
});
