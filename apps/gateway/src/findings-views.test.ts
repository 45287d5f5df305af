import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openRealStore, scannedImage, storedFinding, storedMatching } from './test-support/stored-findings.js';
import { startTestGateway } from './test-support/test-gateway.js';

let real: Awaited<ReturnType<typeof openRealStore>>;
let image: Awaited<ReturnType<typeof scannedImage>>;
let gateway: Awaited<ReturnType<typeof startTestGateway>>;
let session: Record<string, string>;

beforeAll(async () => {
  real = await openRealStore(() => new Date('2026-11-23T06:00:00Z'));
  const bash = { packageKey: 'pkg:deb/bash', componentId: 'pkg:deb/bash@5.2' };
  image = await scannedImage(
    real.store,
    real.organizationId,
    '1',
    storedMatching([storedFinding('CVE-2021-1', { severity: 'critical' }), storedFinding('CVE-2021-2', { fixVersion: '4.17.9' }), storedFinding('CVE-2021-3', { ...bash, severity: 'low', exploitedSince: '2021-01-01', fixVersion: '5.3' })]),
  );
  await scannedImage(real.store, real.organizationId, '2', storedMatching([storedFinding('CVE-2021-1', { severity: 'critical' })]));
});

afterAll(() => real.close());

beforeEach(async () => {
  gateway = await startTestGateway({ store: real.store });
  session = await gateway.signIn();
});

test('what is exploited is mended first, to the version that mends all of it', async () => {
  const ask = async (imageId?: string, first = 5) =>
    (await gateway.query('query($id: ID, $first: Int!) { topFixes(first: $first, imageId: $id) { name version critical high low findingCount exploitedCount imageCount outOf } }', { id: imageId ?? null, first }, session)).data;
  const bash = { name: 'bash', version: '5.3', critical: 0, high: 0, low: 1, findingCount: 1, exploitedCount: 1, imageCount: 1, outOf: 2 };
  expect(await ask()).toEqual({ topFixes: [bash, { name: 'lodash', version: '4.17.21', critical: 2, high: 1, low: 0, findingCount: 3, exploitedCount: 0, imageCount: 2, outOf: 2 }] });
  expect(await ask(undefined, 1)).toEqual({ topFixes: [bash] });
  expect(await ask(image.image.id)).toEqual({ topFixes: [bash, { name: 'lodash', version: '4.17.21', critical: 1, high: 1, low: 0, findingCount: 2, exploitedCount: 0, imageCount: 1, outOf: 2 }] });
});

test('the trend holds the days that were recorded, and today as it is', async () => {
  await real.store.findingDays.record(real.organizationId, { day: '2026-11-20', critical: 9, high: 1, medium: 0, low: 0, exploited: 0, imageCount: 1 });
  await real.store.findingDays.record(real.organizationId, { day: '2026-10-01', critical: 99, high: 1, medium: 0, low: 0, exploited: 0, imageCount: 1 });
  const { data } = await gateway.query('{ findingTrend { day critical exploited imageCount } }', {}, session);
  expect(data).toEqual({ findingTrend: [{ day: '2026-11-20', critical: 9, exploited: 0, imageCount: 1 }, { day: '2026-11-23', critical: 2, exploited: 1, imageCount: 2 }] });
});

test('a project has its own trend, today as it is, whole or for one version', async () => {
  const [project] = (await real.store.projects.list(real.organizationId, { first: 1 })).items;
  const { data } = await gateway.query(
    'query($id: ID!, $version: ID!) { whole: projectTrend(projectId: $id) { day critical high low exploited imageCount judgedImageCount } one: projectTrend(projectId: $id, projectVersionId: $version, days: 1) { critical } none: projectTrend(projectId: "prj_unknown") { day } }',
    { id: project?.id, version: image.image.projectVersionId },
    session,
  );
  expect(data).toEqual({ whole: [{ day: '2026-11-23', critical: 2, high: 1, low: 1, exploited: 1, imageCount: 2, judgedImageCount: 2 }], one: [{ critical: 2 }], none: [] });
  expect((await gateway.query('{ projectTrend(projectId: "x", days: 0) { day } }', {}, session)).errors?.[0]?.message).toBe('`days` is 1 to 366.');
});

test('findings are told by age, images by what is known of them, each as a list with the same filter', async () => {
  const { data } = await gateway.query(
    `{
      findingAges(filter: { severities: [CRITICAL, LOW] }) { fromDays toDays counts { critical high low } }
      imageCoverage { coverage imageCount }
      images(filter: { coverage: [CURRENT] }) { edges { node { tag } } }
      young: findings(filter: { firstSeenSince: "2026-11-22T00:00:00Z" }) { totalCount { count } }
      old: findings(filter: { firstSeenBefore: "2026-11-22T00:00:00Z" }) { totalCount { count } }
    }`,
    {},
    session,
  );
  const none = { critical: 0, high: 0, low: 0 };
  expect(data).toEqual({
    findingAges: [
      { fromDays: 0, toDays: 7, counts: { critical: 2, high: 0, low: 1 } },
      { fromDays: 7, toDays: 30, counts: none },
      { fromDays: 30, toDays: 90, counts: none },
      { fromDays: 90, toDays: 365, counts: none },
      { fromDays: 365, toDays: null, counts: none },
    ],
    imageCoverage: [
      { coverage: 'CURRENT', imageCount: 2 },
      { coverage: 'STALE', imageCount: 0 },
      { coverage: 'PARTIAL', imageCount: 0 },
      { coverage: 'PARTLY_JUDGED', imageCount: 0 },
      { coverage: 'NOT_JUDGED', imageCount: 0 },
      { coverage: 'FAILED', imageCount: 0 },
      { coverage: 'NOT_SCANNED', imageCount: 0 },
    ],
    images: { edges: [{ node: { tag: '1' } }, { node: { tag: '2' } }] },
    young: { totalCount: { count: 4 } },
    old: { totalCount: { count: 0 } },
  });
});

test('a base image is told with what its layers bring in, and leads to exactly that', async () => {
  const other = await scannedImage(real.store, real.organizationId, '3', storedMatching([storedFinding('CVE-2021-5'), storedFinding('CVE-2021-6', { fixState: 'unfixed', fixVersion: undefined! })]), { digest: `sha256:${'c3'.repeat(32)}`, base: { layerCount: 1, name: 'debian:12' }, distributionName: 'Debian 12' });
  const { data } = await gateway.query('{ baseFixes(first: 3) { baseLayer name distributionName findingCount high packageCount imageCount projectCount } }', {}, session);
  const [base] = (data as { baseFixes: { baseLayer: string }[] }).baseFixes;
  expect(data).toEqual({ baseFixes: [{ baseLayer: `sha256:${'ab'.repeat(32)}`, name: 'debian:12', distributionName: 'Debian 12', findingCount: 1, high: 1, packageCount: 1, imageCount: 1, projectCount: 1 }] });
  const ofOneImage = async (imageId: string) => (await gateway.query('query($id: ID) { baseFixes(first: 3, imageId: $id) { name findingCount } }', { id: imageId }, session)).data;
  expect(await ofOneImage(other.image.id)).toEqual({ baseFixes: [{ name: 'debian:12', findingCount: 1 }] });
  expect(await ofOneImage(image.image.id)).toEqual({ baseFixes: [] });
  const content = await gateway.query('query($id: ID!) { image(id: $id) { content { base { name layerCount baseLayer } } } }', { id: other.image.id }, session);
  expect(content.data).toEqual({ image: { content: { base: { name: 'debian:12', layerCount: 1, baseLayer: base?.baseLayer } } } });
  const listed = await gateway.query('query($base: String) { findings(filter: { baseLayer: $base, fixAvailable: true }) { edges { node { vulnerabilityId } } } }', { base: base?.baseLayer }, session);
  expect(listed.data).toEqual({ findings: { edges: [{ node: { vulnerabilityId: 'CVE-2021-5' } }] } });
  await real.store.connections.delete(real.organizationId, other.connection.id);
});

test('components and layers of an image are told with their findings, the worst component first', async () => {
  const { data } = await gateway.query(
    `query($id: ID!) { image(id: $id) { content {
      components(first: 2, sort: FINDINGS) { edges { node { name } findingCounts { critical high total } } pageInfo { endCursor } }
      layerFindings { layerIndex componentCount counts { critical total } } } } }`,
    { id: image.image.id },
    session,
  );
  const { content } = (data as { image: { content: { components: { edges: { node: { name: string }; findingCounts: { total: number } }[] }; layerFindings: { componentCount: number; counts: { total: number } }[] } } }).image;
  expect(content.components.edges[0]).toEqual({ node: { name: 'lodash' }, findingCounts: { critical: 1, high: 1, total: 2 } });
  expect(content.layerFindings.reduce((sum, { counts }) => sum + counts.total, 0)).toBe(3);
});

test('components are listed as asked, forwards and backwards, and the table of them is the same', async () => {
  const names = async (sort: string, reversed: boolean) => {
    const { data } = await gateway.query(
      'query($id: ID!, $sort: ComponentSort!, $reversed: Boolean!) { image(id: $id) { content { components(sort: $sort, reversed: $reversed) { edges { node { name } broughtInBy } } } } }',
      { id: image.image.id, sort, reversed },
      session,
    );
    return (data as { image: { content: { components: { edges: { node: { name: string }; broughtInBy: string[] | null }[] } } } }).image.content.components.edges.map(({ node, broughtInBy }) => [node.name, broughtInBy]);
  };
  // What the stored catalogue of this image does not tell.
  expect(await names('TYPE', false)).toEqual([['bash', null], ['lodash', null]]);
  expect(await names('TYPE', true)).toEqual([['lodash', null], ['bash', null]]);
  const csv = async (query: string) => (await fetch(`${gateway.address}/api/images/${image.image.id}/components.csv?${query}`, { headers: session })).text();
  expect(await csv('sort=version&reversed=true')).toBe(
    'component,version,type,licences,layer,critical,high,medium,low,package_url,file\r\nbash,5.2,deb,,1,0,0,0,1,pkg:deb/bash@5.2,/app/bash\r\nlodash,4.17.20,npm,,1,1,1,0,0,pkg:npm/lodash@4.17.20,/app/lodash\r\n',
  );
  expect((await csv('search=lodash')).split('\r\n')).toHaveLength(3);
  expect((await csv('sort=colour')).includes('The filter cannot be read: sort.')).toBe(true);
  expect((await fetch(`${gateway.address}/api/images/${image.image.id}/components.csv`)).status).toBe(401);
});

test('the tree shows components below what brought them in, the worst first, with what is unfolded', async () => {
  const catalogue = JSON.stringify({
    components: [{ id: 'pkg:deb/bash@5.2', name: 'bash' }, { id: 'pkg:npm/lodash@4.17.20', name: 'lodash' }],
    relationships: [{ from: 'pkg:deb/bash@5.2', to: 'pkg:npm/lodash@4.17.20', kind: 'depends-on' }],
  });
  const { image: related, connection } = await scannedImage(real.store, real.organizationId, 'tree', storedMatching([storedFinding('CVE-2021-6', { severity: 'critical' })]), { catalogue });
  const tree = async (unfolded: readonly string[], after?: string) => {
    const { data, errors } = await gateway.query(
      `query($id: ID!, $unfolded: [ID!]!, $after: String) { image(id: $id) { content { componentTree(unfolded: $unfolded, after: $after) {
        rootCount totalCount pageInfo { hasNextPage } rows { component { name } parentId childCount belowCount findingCounts { critical } countsBelow { critical } } } } } }`,
      { id: related.id, unfolded, after },
      session,
    );
    return (data as { image?: { content: { componentTree: unknown } } } | undefined)?.image?.content.componentTree ?? errors?.[0]?.message;
  };
  const bash = { component: { name: 'bash' }, parentId: null, childCount: 1, belowCount: 1, findingCounts: { critical: 0 }, countsBelow: { critical: 1 } };
  const lodash = { component: { name: 'lodash' }, parentId: 'pkg:deb/bash@5.2', childCount: 0, belowCount: 0, findingCounts: { critical: 1 }, countsBelow: { critical: 0 } };
  const whole = { rootCount: 1, totalCount: 2, pageInfo: { hasNextPage: false } };
  expect(await tree([])).toEqual({ ...whole, rows: [bash] });
  expect(await tree(['pkg:deb/bash@5.2', 'unknown'])).toEqual({ ...whole, rows: [bash, lodash] });
  expect(await tree(Array.from({ length: 21 }, String))).toBe('`unfolded` has at most 20 ids.');
  expect(await tree([], 'nonsense')).toBe('The cursor in `after` is not one of this list.');
  const listed = await gateway.query('query($id: ID!) { image(id: $id) { content { components { edges { node { name } broughtInBy } } } } }', { id: related.id }, session);
  expect(listed.data).toEqual({ image: { content: { components: { edges: [{ node: { name: 'bash' }, broughtInBy: [] }, { node: { name: 'lodash' }, broughtInBy: ['bash'] }] } } } });
  await real.store.connections.delete(real.organizationId, connection.id);
});

test('what stands next to a component is counted and listed page by page, as many drawn as asked for', async () => {
  const npm = (name: string) => `pkg:npm/${name}@1.0.0`;
  const catalogue = JSON.stringify({
    formatVersion: 1,
    image: { name: 'shop', digest: 'sha256:1', platform: { os: 'linux', architecture: 'amd64' }, labels: {}, layers: [] },
    components: [],
    // What is stored as rows of this image: bash needs itself and lodash, and a hundred others that no row is of.
    relationships: [...Array.from({ length: 100 }, (_, index) => npm(`gone-${index}`)), 'pkg:deb/bash@5.2', 'pkg:npm/lodash@4.17.20'].map((to) => ({ from: 'pkg:deb/bash@5.2', to, kind: 'depends-on' })),
    diagnostics: [],
    cataloguers: [],
  });
  const { image: related, connection } = await scannedImage(real.store, real.organizationId, 'neighbours', storedMatching([storedFinding('CVE-2021-6')]), { catalogue });
  const around = async (page: string) => {
    const { data, errors } = await gateway.query(
      `query($id: ID!, $component: ID!) { image(id: $id) { content { dependencies(componentId: $component) {
        directDependsOnCount directRequiredByCount dependsOn(first: 100) { name } requiredBy(first: 1) { name } chain { name }
        neighbours(${page}) { totalCount pageInfo { hasNextPage endCursor } edges { relation node { name } } } } } } }`,
      { id: related.id, component: 'pkg:deb/bash@5.2' },
      session,
    );
    return (data as { image?: { content: { dependencies: { neighbours: { pageInfo: { endCursor: string } } } } } } | undefined)?.image?.content.dependencies ?? errors?.[0]?.message;
  };
  const first = await around('first: 1');
  if (typeof first !== 'object') throw new Error(first);
  expect(first).toEqual({
    directDependsOnCount: 102,
    directRequiredByCount: 1,
    dependsOn: [],
    requiredBy: [{ name: 'bash' }],
    chain: [{ name: 'bash' }],
    neighbours: { totalCount: 103, pageInfo: { hasNextPage: true, endCursor: expect.any(String) }, edges: [{ relation: 'REQUIRED_BY', node: { name: 'bash' } }] },
  });
  const last = await around(`first: 3, after: "${Buffer.from(JSON.stringify({ neighbours: 101 })).toString('base64url')}"`);
  expect(last).toMatchObject({ neighbours: { pageInfo: { hasNextPage: false }, edges: [{ relation: 'DEPENDS_ON', node: { name: 'bash' } }, { relation: 'DEPENDS_ON', node: { name: 'lodash' } }] } });
  expect(await around('first: 101')).toBe('`first` is 1 to 100.');
  expect(await around('first: 1, after: "nonsense"')).toBe('The cursor in `after` is not one of this list.');
  await real.store.connections.delete(real.organizationId, connection.id);
});

test('the table of findings is exactly the filtered ones', async () => {
  const csv = async (query: string) => {
    const response = await fetch(`${gateway.address}/api/findings.csv${query}`, { headers: session });
    return { status: response.status, text: await response.text() };
  };
  const all = await csv('');
  const [header, ...lines] = all.text.trim().split('\r\n');
  expect([header, lines.find((line) => line.startsWith('critical') && line.includes('shop,1,'))]).toEqual([
    'severity,vulnerability,exploited_since,package,installed_version,fixed_version,package_url,type,epss,cvss,image,tag,project,project_version,file,layer,first_seen',
    'critical,CVE-2021-1,,lodash,4.17.20,4.17.21,pkg:npm/lodash@4.17.20,npm,,7.2,registry.example/shop,1,Shop,1,/app/lodash,1,2026-11-23T06:00:00.000Z',
  ]);
  expect(lines).toHaveLength(4);
  const low = await csv('?severities=low,medium&exploited=true');
  expect(low.text.trim().split('\r\n').slice(1).map((line) => line.split(',')[1])).toEqual(['CVE-2021-3']);
  const named = await csv('?sort=vulnerability&vulnerabilityIds=CVE-2021-3&vulnerabilityIds=CVE-2021-1');
  expect([...new Set(named.text.trim().split('\r\n').slice(1).map((line) => line.split(',')[1]))]).toEqual(['CVE-2021-1', 'CVE-2021-3']);
  const reversed = await csv('?sort=package&reversed=true');
  expect(reversed.text.trim().split('\r\n').slice(1)).toEqual((await csv('?sort=package')).text.trim().split('\r\n').slice(1).toReversed());
  expect(await csv('?sort=colour')).toMatchObject({ status: 400 });
  expect(await csv('?severities=dreadful')).toMatchObject({ status: 400 });
  expect(await csv('?nonsense=1')).toMatchObject({ status: 400 });
  expect((await fetch(`${gateway.address}/api/findings.csv`)).status).toBe(401);
});

test('a table whose next page cannot be read is cut off, and does not end as if it were whole', async () => {
  const download = async (pages: number) => {
    let left = pages;
    const list: typeof real.store.findings.list = async (...request) => {
      left -= 1;
      if (left < 0) throw new Error('the database has gone');
      return { ...(await real.store.findings.list(...request)), nextCursor: 'more' };
    };
    const broken = await startTestGateway({ store: { ...real.store, findings: { ...real.store.findings, list } } });
    return await fetch(`${broken.address}/api/findings.csv`, { headers: await broken.signIn() });
  };
  expect((await download(0)).status).toBe(500);
  // What was written may have left the machine or not; either way the reader learns that it is not the whole.
  await expect(download(1).then((response) => response.text())).rejects.toThrow(/terminated|fetch failed/);
});
