import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRealStore, scannedImage, storedFinding, storedMatching } from './test-support/stored-findings.js';
import { resultOf, startTestGateway } from './test-support/test-gateway.js';

const critical = storedFinding('CVE-2021-1', { severity: 'critical', epss: 0.9, epssPercentile: 0.99, exploitedSince: '2021-03-01', exploitedDue: '2021-03-21', ransomware: true });
const low = storedFinding('CVE-2021-2', { severity: 'low', componentId: 'pkg:deb/bash@5.2', packageKey: 'pkg:deb/bash' });

let real: Awaited<ReturnType<typeof openRealStore>>;
let image: Awaited<ReturnType<typeof scannedImage>>;
let gateway: Awaited<ReturnType<typeof startTestGateway>>;
let session: Record<string, string>;

beforeAll(async () => {
  real = await openRealStore(() => new Date('2026-11-23T06:00:00Z'));
  image = await scannedImage(real.store, real.organizationId, '1', storedMatching([critical, storedFinding('CVE-2021-3'), low], { suppressedCount: 4 }));
  await scannedImage(real.store, real.organizationId, '2', storedMatching([storedFinding('CVE-2021-3')]));
});

afterAll(() => real.close());

beforeEach(async () => {
  gateway = await startTestGateway({ store: real.store });
  session = await gateway.signIn();
});

const ask = async (text: string, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await gateway.query(text, variables, session);
  expect(errors).toBeUndefined();
  return data;
};

test('an image says with which advisories it was matched, and what came of it', async () => {
  const data = await ask(
    `query($id: ID!) { image(id: $id) { content { matching { state advisoryRevision advisoriesAt matchedAt notices { code } counts { critical high low unknown total } exploitedCount fixableCount hiddenCount suppressedCount }
       findings(first: 2) { edges { node { vulnerabilityId severity fixVersion packageName packageVersion layerIndex instruction evidence { reason } } } pageInfo { hasNextPage } totalCount { count exact } totals { counts { total } exploitedCount } } } } }`,
    { id: image.image.id },
  );
  const evidence = [{ reason: '4.17.20 is below 4.17.21 (fixed); compared as semver' }];
  const lodash = { fixVersion: '4.17.21', packageName: 'lodash', packageVersion: '4.17.20', layerIndex: 0, instruction: 'RUN npm ci', evidence };
  expect(data).toEqual({
    image: {
      content: {
        matching: {
          state: 'MATCHED',
          advisoryRevision: 'r1',
          advisoriesAt: '2026-11-23T05:00:00.000Z',
          matchedAt: '2026-11-23T06:00:00.000Z',
          notices: [],
          counts: { critical: 1, high: 1, low: 1, unknown: 0, total: 3 },
          exploitedCount: 1,
          fixableCount: 3,
          hiddenCount: 0,
          suppressedCount: 4,
        },
        findings: {
          edges: [{ node: { vulnerabilityId: 'CVE-2021-1', severity: 'CRITICAL', ...lodash } }, { node: { vulnerabilityId: 'CVE-2021-3', severity: 'HIGH', ...lodash } }],
          pageInfo: { hasNextPage: true },
          totalCount: { count: 3, exact: true },
          totals: { counts: { total: 3 }, exploitedCount: 1 },
        },
      },
    },
  });
});

test('an image that was not matched says so', async () => {
  const other = await scannedImage(real.store, real.organizationId, 'unmatched');
  expect(await ask('query($id: ID!) { image(id: $id) { content { matching { state } } } }', { id: other.image.id })).toEqual({ image: { content: { matching: null } } });
});

test.each([
  ['was judged', storedMatching([critical, low]), { count: 2, atLeast: false, newCount: null }],
  ['could not be judged', storedMatching([], { state: 'unmatched' }), { count: null, atLeast: true, newCount: null }],
  ['was not matched', undefined, null],
])('a scan says what an image that %s had at its end', async (_, matching, findings) => {
  const { image: scanned, connection } = await scannedImage(real.store, real.organizationId, 'ended', matching);
  expect(await ask('query($id: ID!) { image(id: $id) { latestScan { findings { count atLeast newCount } } } }', { id: scanned.id })).toEqual({ image: { latestScan: { findings } } });
  await real.store.connections.delete(real.organizationId, connection.id);
});

test('findings of the organisation come page by page, each in the image it is in', async () => {
  const seen: string[] = [];
  for (let after: unknown = null, more = true; more; ) {
    const data = await ask('query($after: String) { findings(first: 1, after: $after) { edges { node { vulnerabilityId image { tag } } } pageInfo { hasNextPage endCursor } } }', { after });
    const page = resultOf<{ edges: { node: { vulnerabilityId: string; image: { tag: string } } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }>({ data }, 'findings');
    seen.push(...page.edges.map(({ node }) => `${node.vulnerabilityId} ${node.image.tag}`));
    ({ hasNextPage: more, endCursor: after } = page.pageInfo);
  }
  expect(seen.toSorted()).toEqual(['CVE-2021-1 1', 'CVE-2021-2 1', 'CVE-2021-3 1', 'CVE-2021-3 2']);
  expect(seen[0]).toBe('CVE-2021-1 1');
});

test.each([
  [{ severities: ['LOW'] }, ['CVE-2021-2']],
  [{ exploited: true }, ['CVE-2021-1']],
  [{ minimumEpss: 0.5 }, ['CVE-2021-1']],
  [{ ecosystem: 'deb' }, ['CVE-2021-2']],
  [{ search: 'bash' }, ['CVE-2021-2']],
  [{ vulnerabilityId: 'CVE-2021-3' }, ['CVE-2021-3', 'CVE-2021-3']],
  [{ vulnerabilityIds: ['CVE-2021-2', 'CVE-2021-1'] }, ['CVE-2021-1', 'CVE-2021-2']],
  [{ packageKeys: ['pkg:deb/bash', 'pkg:npm/unknown'] }, ['CVE-2021-2']],
  [{ imageIds: [] }, []],
  [{ connectionId: 'con_unknown' }, []],
  [{ firstSeenSince: '2026-11-24T00:00:00Z' }, []],
])('the filter %j leaves %j', async (filter, expected) => {
  const data = await ask('query($filter: FindingFilterInput) { findings(filter: $filter) { edges { node { vulnerabilityId } } } }', { filter });
  expect(resultOf<{ edges: { node: { vulnerabilityId: string } }[] }>({ data }, 'findings').edges.map(({ node }) => node.vulnerabilityId)).toEqual(expected);
});

test('findings are put together by vulnerability, component and image', async () => {
  const data = await ask(`{
    vulnerability: findingGroups(groupBy: VULNERABILITY) { edges { node { key severity findingCount imageCount projectCount epss packages { name version fixVersion } image { tag } } } }
    component: findingGroups(groupBy: COMPONENT) { edges { node { key findingCount vulnerabilityCount } } }
    image: findingGroups(groupBy: IMAGE) { edges { node { findingCount image { tag } } } } }`);
  const lodash = [{ name: 'lodash', version: '4.17.20', fixVersion: '4.17.21' }];
  expect(data).toEqual({
    vulnerability: {
      edges: [
        { node: { key: 'CVE-2021-1', severity: 'CRITICAL', findingCount: 1, imageCount: 1, projectCount: 1, epss: 0.9, packages: lodash, image: null } },
        { node: { key: 'CVE-2021-3', severity: 'HIGH', findingCount: 2, imageCount: 2, projectCount: 1, epss: null, packages: lodash, image: null } },
        { node: { key: 'CVE-2021-2', severity: 'LOW', findingCount: 1, imageCount: 1, projectCount: 1, epss: null, packages: [{ name: 'bash', version: '5.2', fixVersion: '4.17.21' }], image: null } },
      ],
    },
    component: { edges: [{ node: { key: 'pkg:npm/lodash', findingCount: 3, vulnerabilityCount: 2 } }, { node: { key: 'pkg:deb/bash', findingCount: 1, vulnerabilityCount: 1 } }] },
    image: { edges: [{ node: { findingCount: 3, image: { tag: '1' } } }, { node: { findingCount: 1, image: { tag: '2' } } }] },
  });
});

test('a filter names at most a hundred', async () => {
  const { errors } = await gateway.query('query($filter: FindingFilterInput) { findings(filter: $filter) { edges { cursor } } }', { filter: { vulnerabilityIds: Array.from({ length: 101 }, String) } }, session);
  expect(errors?.[0]?.message).toBe('A filter names at most 100 vulnerabilities, packages or images.');
});

test.each([
  ['sort: IMPORTANCE', '1 3 2'],
  ['sort: IMPORTANCE, reversed: true', '2 3 1'],
  ['sort: EPSS', '1 2 3'],
  ['sort: FINDINGS', '3 1 2'],
  ['sort: IMAGES, reversed: true', '2 1 3'],
  ['sort: KEY', '1 2 3'],
])('groups with %s are %s', async (order, expected) => {
  const data = await ask(`{ findingGroups(groupBy: VULNERABILITY, ${order}) { edges { node { key } } } }`);
  expect(resultOf<{ edges: { node: { key: string } }[] }>({ data }, 'findingGroups').edges.map(({ node }) => node.key.slice(-1)).join(' ')).toBe(expected);
});

describe('one finding', () => {
  const detail = `query($id: ID!) { finding(id: $id) { id vulnerabilityId identifiers summary score epss epssPercentile exploited { since due ransomware } fixState confidence class published packageKey packageUrl
    locations { path layerIndex } ratings { severity source score vector } evidence { recordId source ecosystem packageName lookedUpBy comparedVersion } notes alsoFixedIn firstSeenAt } }`;

  test('says all that is known of it', async () => {
    const listed = await ask('{ findings(first: 1) { edges { node { id } } } }');
    const [edge] = resultOf<{ edges: { node: { id: string } }[] }>({ data: listed }, 'findings').edges;
    expect(await ask(detail, { id: edge?.node.id })).toEqual({
      finding: {
        id: edge?.node.id,
        vulnerabilityId: 'CVE-2021-1',
        identifiers: ['CVE-2021-1', 'GHSA-CVE-2021-1'],
        summary: 'Command injection',
        score: 7.2,
        epss: 0.9,
        epssPercentile: 0.99,
        exploited: { since: '2021-03-01', due: '2021-03-21', ransomware: true },
        fixState: 'fixed',
        confidence: 'high',
        class: 'vulnerability',
        published: '2021-02-15T00:00:00Z',
        packageKey: 'pkg:npm/lodash',
        packageUrl: 'pkg:npm/lodash@4.17.20',
        locations: [{ path: '/app/lodash', layerIndex: 0 }],
        ratings: [{ severity: 'HIGH', source: 'GHSA CVSS 3.1', score: 7.2, vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
        evidence: [{ recordId: 'GHSA-CVE-2021-1', source: 'osv:npm', ecosystem: 'npm', packageName: 'lodash', lookedUpBy: 'package', comparedVersion: '4.17.20' }],
        notes: [],
        alsoFixedIn: [],
        firstSeenAt: '2026-11-23T06:00:00.000Z',
      },
    });
  });

  test.each(['', 'nonsense', Buffer.from('["img_x",0,"CVE"]').toString('base64url'), Buffer.from('["img_x",1e99,"\\u0000"]').toString('base64url')])('is null for %j', async (id) => {
    expect(await ask('query($id: ID!) { finding(id: $id) { id } }', { id })).toEqual({ finding: null });
  });
});

test('a vulnerability is found by any of its identifiers, with every image it is in', async () => {
  const text = 'query($id: ID!) { vulnerability(id: $id) { id identifiers severity sources records { recordId } findings { totalCount { count } edges { node { image { tag } } } } groups(groupBy: IMAGE) { edges { node { image { tag } } } } } }';
  const found = await ask(text, { id: 'GHSA-CVE-2021-3' });
  const images = [{ node: { image: { tag: '1' } } }, { node: { image: { tag: '2' } } }];
  expect(found).toEqual({
    vulnerability: {
      id: 'CVE-2021-3',
      identifiers: ['CVE-2021-3', 'GHSA-CVE-2021-3'],
      severity: 'HIGH',
      sources: ['osv:npm'],
      records: [{ recordId: 'GHSA-CVE-2021-3' }],
      findings: { totalCount: { count: 2 }, edges: expect.arrayContaining(images) },
      groups: { edges: expect.arrayContaining(images) },
    },
  });
  expect(await ask(text, { id: 'CVE-1999-1' })).toEqual({ vulnerability: null });
});

test('a cursor of another order is refused', async () => {
  const listed = await ask('{ findings(first: 1) { pageInfo { endCursor } } }');
  const after = resultOf<{ pageInfo: { endCursor: string } }>({ data: listed }, 'findings').pageInfo.endCursor;
  const { errors } = await gateway.query('query($after: String) { findings(after: $after, sort: PACKAGE) { pageInfo { endCursor } } }', { after }, session);
  expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
});

test('an image says how many of its findings have a fix, by severity; none where none has', async () => {
  const { fixVersion: _, ...unfixed } = storedFinding('CVE-2021-9', { fixState: 'unfixed' });
  const some = await scannedImage(real.store, real.organizationId, 'some', storedMatching([critical, low, unfixed]));
  const noneOf = await scannedImage(real.store, real.organizationId, 'none', storedMatching([unfixed]));
  const text = 'query($some: ID!, $none: ID!) { some: image(id: $some) { ...F } none: image(id: $none) { ...F } } fragment F on Image { content { matching { counts { high total } fixableCount fixableCounts { critical high medium low negligible none unknown total } } } }';
  const nothing = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0, total: 0 };
  expect(await ask(text, { some: some.image.id, none: noneOf.image.id })).toEqual({
    some: { content: { matching: { counts: { high: 1, total: 3 }, fixableCount: 2, fixableCounts: { ...nothing, critical: 1, low: 1, total: 2 } } } },
    none: { content: { matching: { counts: { high: 1, total: 1 }, fixableCount: 0, fixableCounts: nothing } } },
  });
});
