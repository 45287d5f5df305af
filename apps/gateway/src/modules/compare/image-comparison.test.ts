import type { ScanResultInput } from '@esscm/store';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openRealStore, scannedImage, storedFinding, storedMatching } from '../../test-support/stored-findings.js';
import { startTestGateway } from '../../test-support/test-gateway.js';

let real: Awaited<ReturnType<typeof openRealStore>>;
let gateway: Awaited<ReturnType<typeof startTestGateway>>;
let session: Record<string, string>;
/** Ids of images. */
let earlier: string;
let later: string;
let unmatched: string;
let waiting: string;

const diffId = `sha256:${'ab'.repeat(32)}`;
const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;

function component(ecosystem: string, name: string, version: string, licence?: string): ScanResultInput['components'][number] {
  const purl = `pkg:${ecosystem}/${name}@${version}`;
  const licences = licence === undefined ? [] : [{ declared: licence, spdxExpression: licence }];
  return { id: purl, ecosystem, name, version, packageUrl: purl, licences, locations: [{ path: `/app/${name}`, layerDiffId: diffId, layerIndex: 0 }] };
}

beforeAll(async () => {
  real = await openRealStore(() => new Date('2026-11-23T06:00:00Z'));
  const { store, organizationId } = real;
  const bash = { packageKey: 'pkg:deb/bash', componentId: 'pkg:deb/bash@5.2', fixVersion: '5.3' };
  const one = await scannedImage(
    store,
    organizationId,
    '1',
    storedMatching([storedFinding('CVE-2021-1', { severity: 'critical', exploitedSince: '2021-03-01' }), storedFinding('CVE-2021-2'), storedFinding('CVE-2021-3', { ...bash, severity: 'low' })]),
    { digest: digestOf('1'), components: [component('npm', 'lodash', '4.17.20', 'MIT'), component('deb', 'bash', '5.2', 'GPL-3.0-or-later'), component('deb', 'zlib', '1.0')] },
  );
  const two = await scannedImage(
    store,
    organizationId,
    '2',
    storedMatching([storedFinding('CVE-2021-2', { componentId: 'pkg:npm/lodash@4.17.21', severity: 'medium' }), storedFinding('CVE-2021-4', { componentId: 'pkg:deb/curl@8.0', packageKey: 'pkg:deb/curl' })]),
    { digest: digestOf('2'), components: [component('npm', 'lodash', '4.17.21', 'MIT'), component('deb', 'curl', '8.0'), component('deb', 'zlib', '1.0')] },
  );
  const three = await scannedImage(store, organizationId, '3', storedMatching([], { state: 'unmatched' }), { digest: digestOf('3') });
  const four = await store.connections.connect({ organizationId, requestedBy: 'user', pluginId: 'ecr', variantId: 'public', name: 'waiting', description: '', settings: {}, credentialHint: '', secrets: {}, sample: false, images: [{ name: 'registry.example/shop', repository: 'shop', tag: '4', projectName: 'Shop', projectVersion: '1' }] });
  [earlier, later, unmatched, waiting] = [one.image.id, two.image.id, three.image.id, four.images[0]?.id ?? ''];
});

afterAll(() => real.close());

beforeEach(async () => {
  gateway = await startTestGateway({ store: real.store });
  session = await gateway.signIn();
});

const compare = `query($from: ID!, $to: ID!) {
  compareImages(from: $from, to: $to) {
    from { id } to { id }
    componentCounts { added removed upgraded downgraded changed unchanged }
    components(first: 10, kinds: [ADDED, REMOVED, UPGRADED]) { totalCount edges { node { kind name fromVersions toVersions findings { introducedCount introduced fixedCount fixed } } } }
    layers { diffId fromIndex toIndex }
    licences { licence fromCount toCount }
  }
}`;

test('two images are told apart by components, what brings findings in first, by layers and by licences', async () => {
  const answer = await gateway.query(compare, { from: earlier, to: later }, session);
  expect(answer.data).toEqual({
    compareImages: {
      from: { id: earlier },
      to: { id: later },
      componentCounts: { added: 1, removed: 1, upgraded: 1, downgraded: 0, changed: 0, unchanged: 1 },
      components: {
        totalCount: 3,
        edges: [
          { node: { kind: 'ADDED', name: 'curl', fromVersions: [], toVersions: ['8.0'], findings: { introducedCount: 1, introduced: ['CVE-2021-4'], fixedCount: 0, fixed: [] } } },
          { node: { kind: 'UPGRADED', name: 'lodash', fromVersions: ['4.17.20'], toVersions: ['4.17.21'], findings: { introducedCount: 0, introduced: [], fixedCount: 1, fixed: ['CVE-2021-1'] } } },
          { node: { kind: 'REMOVED', name: 'bash', fromVersions: ['5.2'], toVersions: [], findings: { introducedCount: 0, introduced: [], fixedCount: 1, fixed: ['CVE-2021-3'] } } },
        ],
      },
      layers: [{ diffId, fromIndex: 0, toIndex: 0 }],
      licences: [
        { licence: 'GPL-3.0-or-later', fromCount: 1, toCount: 0 },
        { licence: null, fromCount: 1, toCount: 2 },
      ],
    },
  });
  for (const to of [waiting, 'img_unknown']) expect((await gateway.query(compare, { from: earlier, to }, session)).data).toEqual({ compareImages: null });
});

const compareFindings = `query($from: ID!, $to: ID!, $filter: FindingChangeFilterInput) {
  compareImages(from: $from, to: $to) {
    findingCounts { introduced { exploitedCount counts { high total } } fixed { exploitedCount counts { critical low total } } unchanged { exploitedCount counts { medium total } } }
    findings(first: 10, filter: $filter) { totalCount pageInfo { hasNextPage } edges { node { kind fromVersion toVersion finding { vulnerabilityId severity image { id } } } } }
    components(first: 10) { edges { node { name findings { fixedCount } } } }
  }
}`;

test('findings are introduced, fixed or unchanged, each where it is, in numbers and in a list that can be narrowed', async () => {
  const ask = async (filter: object | null) => (await gateway.query(compareFindings, { from: earlier, to: later, filter }, session)).data as { compareImages: { findings: { edges: { node: { finding: { vulnerabilityId: string } } }[] } } };
  expect(await ask(null)).toMatchObject({
    compareImages: {
      findingCounts: {
        introduced: { exploitedCount: 0, counts: { high: 1, total: 1 } },
        fixed: { exploitedCount: 1, counts: { critical: 1, low: 1, total: 2 } },
        unchanged: { exploitedCount: 0, counts: { medium: 1, total: 1 } },
      },
      findings: {
        totalCount: 4,
        pageInfo: { hasNextPage: false },
        edges: [
          { node: { kind: 'INTRODUCED', fromVersion: null, toVersion: '8.0', finding: { vulnerabilityId: 'CVE-2021-4', severity: 'HIGH', image: { id: later } } } },
          { node: { kind: 'FIXED', fromVersion: '4.17.20', toVersion: null, finding: { vulnerabilityId: 'CVE-2021-1', severity: 'CRITICAL', image: { id: earlier } } } },
          { node: { kind: 'FIXED', fromVersion: '5.2', toVersion: null, finding: { vulnerabilityId: 'CVE-2021-3', severity: 'LOW', image: { id: earlier } } } },
          { node: { kind: 'UNCHANGED', fromVersion: '4.17.20', toVersion: '4.17.21', finding: { vulnerabilityId: 'CVE-2021-2', severity: 'MEDIUM', image: { id: later } } } },
        ],
      },
    },
  });
  const ids = async (filter: object) => (await ask(filter)).compareImages.findings.edges.map(({ node }) => node.finding.vulnerabilityId);
  expect(await ids({ kinds: ['FIXED'], severities: ['CRITICAL', 'HIGH'] })).toEqual(['CVE-2021-1']);
  expect(await ids({ search: 'CURL' })).toEqual(['CVE-2021-4']);
});

test('an image that was not judged is not compared as one without findings', async () => {
  const { data } = await gateway.query(compareFindings, { from: earlier, to: unmatched, filter: null }, session);
  expect(data).toMatchObject({ compareImages: { findingCounts: null, findings: null } });
  expect((data as { compareImages: { components: { edges: { node: { findings: unknown } }[] } } }).compareImages.components.edges.every(({ node }) => node.findings === null)).toBe(true);
});

test('the table of changes is exactly the filtered ones, and refuses what it cannot answer', async () => {
  const csv = async (query: string) => {
    const response = await fetch(`${gateway.address}/api/comparison.csv?${query}`, { headers: session });
    return { status: response.status, text: await response.text() };
  };
  expect(await csv(`from=${earlier}&to=${later}&kinds=fixed,introduced`)).toEqual({
    status: 200,
    text: [
      'change,severity,vulnerability,exploited_since,package,earlier_version,later_version,fixed_version,package_url,type,epss,cvss,file',
      'introduced,high,CVE-2021-4,,curl,,8.0,4.17.21,pkg:deb/curl@8.0,deb,,7.2,/app/curl',
      'fixed,critical,CVE-2021-1,2021-03-01,lodash,4.17.20,,4.17.21,pkg:npm/lodash@4.17.20,npm,,7.2,/app/lodash',
      'fixed,low,CVE-2021-3,,bash,5.2,,5.3,pkg:deb/bash@5.2,deb,,7.2,/app/bash',
      '',
    ].join('\r\n'),
  });
  expect((await csv(`from=${earlier}&to=${later}&severities=medium&search=lodash`)).text.trim().split('\r\n')).toHaveLength(2);
  expect((await csv(`from=${earlier}&to=${later}&kinds=worse`)).status).toBe(400);
  expect((await csv(`from=${earlier}`)).status).toBe(400);
  expect((await csv(`from=${earlier}&to=${waiting}`)).status).toBe(404);
  expect((await csv(`from=${earlier}&to=${unmatched}`)).status).toBe(409);
  expect((await fetch(`${gateway.address}/api/comparison.csv?from=${earlier}&to=${later}`)).status).toBe(401);
});
