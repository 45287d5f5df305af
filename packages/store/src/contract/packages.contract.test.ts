import { expect, test } from 'vitest';
import { finding, matching } from './findings.contract.test.js';
import { connectInput, createOrganization, image, scanResult, type TestStore } from './open-test-store.support.test.js';

type Component = ReturnType<typeof scanResult>['components'][number];

function component(name: string, version: string, path: string, changes: Partial<Component> = {}): Component {
  const packageUrl = `pkg:maven/org.apache.logging.log4j/${name}@${version}?type=jar`;
  const location = { path, layerDiffId: `sha256:${'a'.repeat(64)}`, layerIndex: 0 };
  return { id: `${packageUrl}#${path}`, ecosystem: 'maven', name, version, packageUrl, licences: [], locations: [location], ...changes };
}

/** Three images of two projects: a shop with two copies of one version, a newer shop, and a batch job. */
async function threeImages(test: TestStore) {
  const { store } = test;
  const organizationId = await createOrganization(test);
  const one = await store.connections.connect(
    connectInput(organizationId, { images: [image('shop', '1'), image('shop', '2', { projectVersion: '2.0' })] }),
  );
  const other = await store.connections.connect(connectInput(organizationId, { images: [image('batch', '7', { projectName: 'Batch' })] }));
  const results: readonly (readonly Component[])[] = [
    [component('log4j-core', '2.14.1', '/a.jar'), component('log4j-core', '2.14.1', '/b.jar'), component('log4j-api', '2.14.1', '/c.jar')],
    [component('log4j-core', '2.17.1', '/a.jar', { licences: [{ declared: 'Apache 2', spdxExpression: 'Apache-2.0' }, { declared: 'own terms' }] })],
    [component('log4j-core', '2.14.1', '/spark/a.jar'), component('Log4J_100%', '1', '/odd.jar', { packageUrl: 'pkg:generic/Log4J_100%25@1', ecosystem: 'generic' })],
  ];
  for (const [index, scan] of [...one.scans, ...other.scans].entries()) {
    await store.scans.complete(scan.id, scanResult({ digest: `sha256:${String(index).repeat(64)}`, components: results[index]! }));
  }
  const images = (await store.images.list(organizationId, {}, { first: 10 })).items;
  return { organizationId, images, connections: [one.connection.id, other.connection.id] as const };
}

const core = 'pkg:maven/org.apache.logging.log4j/log4j-core';

/** What looking for packages across images promises, on any database. */
export function testPackages(open: () => TestStore): void {
  test('versions are found by a part of the name or the start of the package URL, and counted by image and project', async () => {
    const { store } = open();
    const { organizationId } = await threeImages(open());
    const versions = async (search: object) => {
      const found = await store.packages.search(organizationId, { limit: 100, ...search });
      const spreads = await store.packages.spreads(organizationId, found);
      expect(spreads).toHaveLength(found.length);
      return found.map(({ name, packageKey, ecosystem, version }) => {
        const own = spreads.find((spread) => spread.packageKey === packageKey && spread.ecosystem === ecosystem && spread.version === version);
        return [name, version, own?.imageCount, own?.projectCount];
      });
    };
    const everyCore = [['log4j-core', '2.14.1', 2, 2], ['log4j-core', '2.17.1', 1, 1]];
    const rows: readonly (readonly [object, unknown])[] = [
      [{ name: 'LOG4J' }, [['Log4J_100%', '1', 1, 1], ['log4j-api', '2.14.1', 1, 1], ...everyCore]],
      [{ name: 'j_100%' }, [['Log4J_100%', '1', 1, 1]]],
      [{ name: 'j-core', limit: 1 }, everyCore.slice(0, 1)],
      [{ name: 'log4j', ecosystem: 'generic' }, [['Log4J_100%', '1', 1, 1]]],
      [{ packageKey: core }, everyCore],
      [{ packageKey: 'org.apache' }, []],
    ];
    for (const [search, expected] of rows) expect(await versions(search)).toEqual(expected);
  });

  test('images are counted once each, by connection', async () => {
    const { store } = open();
    const { organizationId, connections } = await threeImages(open());
    const counts = await store.packages.countImages(organizationId, [
      { packageKey: core, version: '2.14.1' },
      { packageKey: core, version: '2.17.1' },
      { packageKey: 'pkg:maven/org.apache.logging.log4j/log4j-api', version: '2.14.1' },
    ]);
    expect(counts).toEqual([{ connectionId: connections[0], count: 2 }, { connectionId: connections[1], count: 1 }]);
    expect(await store.packages.countImages(organizationId, [{ packageKey: core, version: '1' }])).toEqual([]);
  });

  test('every copy of a version is told, page by page', async () => {
    const { store } = open();
    const { organizationId } = await threeImages(open());
    const found: unknown[] = [];
    for (let after: string | undefined, more = true; more; ) {
      const page = await store.packages.places(organizationId, { packageKey: core, version: '2.14.1' }, { first: 1, ...(after !== undefined && { after }) });
      found.push(...page.items.map((place) => [place.image.repository, place.image.tag, place.locations.map(({ path }) => path)]));
      after = page.nextCursor;
      more = after !== undefined;
    }
    expect(found).toEqual([['batch', '7', ['/spark/a.jar']], ['shop', '1', ['/a.jar']], ['shop', '1', ['/b.jar']]]);
  });

  test('vulnerabilities of a version are counted once each, and those of a copy where it was judged', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { scans } = await store.connections.connect(connectInput(organizationId, { images: [image('shop', '1'), image('shop', '2'), image('shop', '3')] }));
    const none = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };
    const bash = { packageKey: 'pkg:deb/debian/bash', version: '5.2' };
    const findings = [
      [finding('bash@5.2', 'CVE-1', { severity: 'medium' }), finding('bash@5.2', 'CVE-2', { severity: 'critical', exploitedSince: '2029-01-01' }), finding('bash@5.10', 'CVE-3'), finding('bash@5.2', 'CVE-4', { hidden: true })],
      [finding('bash@5.2', 'CVE-1', { severity: 'high' })],
    ];
    for (const [index, scan] of scans.entries()) {
      await store.scans.complete(scan.id, scanResult({ digest: `sha256:${String(index).repeat(64)}`, ...(findings[index] && { matching: matching({ findings: findings[index] }) }) }));
    }
    const spreads = await store.packages.spreads(organizationId, [bash, { ...bash, version: '5.10' }, { ...bash, version: '9' }]);
    expect(spreads.map((row) => [row.version, row.imageCount, row.judgedImageCount]).toSorted(([one], [other]) => String(one).localeCompare(String(other)))).toEqual([['5.10', 3, 2], ['5.2', 3, 2]]);
    expect(await store.packages.findingCounts(organizationId, [bash, { packageKey: 'pkg:deb/debian/zlib1g', version: '1.3' }])).toEqual([
      { ...bash, counts: { ...none, critical: 1, high: 1 }, exploitedCount: 1, priority: expect.any(Number) },
    ]);
    expect((await store.packages.places(organizationId, bash, { first: 10 })).items.map((place) => place.findings)).toEqual([
      { counts: { ...none, critical: 1, medium: 1 }, exploitedCount: 1 },
      { counts: { ...none, high: 1 }, exploitedCount: 0 },
      undefined,
    ]);
  });

  test('what an image no longer holds is not found', async () => {
    const { store } = open();
    const { organizationId, images } = await threeImages(open());
    const shop = images.find(({ tag }) => tag === '1')!;
    const scan = await store.scans.request({ organizationId, trackedImageId: shop.id, trigger: 'user', requestedBy: 'user-1' });
    await store.scans.complete(scan.id, scanResult({ digest: `sha256:${'9'.repeat(64)}`, components: [] }));
    expect(await store.packages.search(organizationId, { name: 'log4j-api', limit: 10 })).toEqual([]);
  });

  test('one content gives its licences and single components', async () => {
    const { store } = open();
    const { organizationId, images } = await threeImages(open());
    const contentId = images.find(({ tag }) => tag === '2')!.contentId ?? '';
    expect(await store.contents.countByLicence(organizationId, contentId)).toEqual([
      { licence: 'Apache-2.0', count: 1, examples: ['log4j-core'] },
      { licence: 'own terms', count: 1, examples: ['log4j-core'] },
    ]);
    for (const [licence, count] of [['Apache-2.0', 1], ['own terms', 1], ['Apache 2', 0], ['', 0]] as const) {
      expect(await store.contents.countComponents(organizationId, contentId, { licence })).toBe(count);
    }
    const other = images.find(({ tag }) => tag === '1')!.contentId ?? '';
    expect(await store.contents.countByLicence(organizationId, other)).toEqual([{ count: 3, examples: ['log4j-api', 'log4j-core'] }]);
    expect(await store.contents.countComponents(organizationId, other, { licence: '' })).toBe(3);
    const [first] = (await store.contents.components(organizationId, other, {}, { first: 1 })).items;
    expect(await store.contents.findComponents(organizationId, other, [first?.id ?? '', 'no such id'])).toEqual([first]);
  });
}
