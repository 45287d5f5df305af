import { expect, test } from 'vitest';
import type { ComparedPair, FindingChangeFilter } from '../comparison-records.js';
import { finding, matching } from './findings.contract.test.js';
import { connectInput, createOrganization, image, scanResult, type TestStore } from './open-test-store.support.test.js';

/** Two images: of four vulnerabilities of the earlier one the later one keeps two, and has two others. */
async function twoImages(test: TestStore): Promise<{ readonly organizationId: string; readonly pair: ComparedPair }> {
  const { store } = test;
  const organizationId = await createOrganization(test);
  const { images, scans } = await store.connections.connect(connectInput(organizationId, { images: [image('shop', '1'), image('shop', '2')] }));
  const components = scanResult().components;
  const newer = components.map((component) => (component.name === 'zlib1g' ? { ...component, id: 'pkg:deb/debian/zlib1g@1.4', version: '1.4' } : component));
  const sides = [
    scanResult({ matching: matching({ findings: [...matching().findings, finding('bash@5.10', 'CVE-2029-1', { severity: 'medium', epss: 0.5 })] }) }),
    scanResult({
      digest: `sha256:${'2'.repeat(64)}`,
      components: newer,
      matching: matching({
        findings: [
          finding('bash@5.2', 'CVE-2029-1', { severity: 'low' }),
          finding('zlib1g@1.4', 'CVE-2029-3', { severity: 'critical', epss: 0.97 }),
          finding('bash@5.10', 'CVE-2029-6', { severity: 'high' }),
          finding('bash@5.10', 'CVE-2029-7', { severity: 'critical', exploitedSince: '2029-12-01' }),
          finding('Zeta@2', 'CVE-2029-8', { hidden: true }),
        ],
      }),
    }),
  ];
  const contentIds: string[] = [];
  for (const [index, scan] of scans.entries()) contentIds.push((await store.scans.complete(scan.id, sides[index]!))?.contentId ?? '');
  const side = (index: number) => ({ imageId: images[index]!.id, contentId: contentIds[index]! });
  return { organizationId, pair: { from: side(0), to: side(1) } };
}

/** What comparing the findings of two images promises, on any database. */
export function testComparisons(open: () => TestStore): void {
  const none = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };

  test('components are given where a package is not there in the same versions; the others are counted', async () => {
    const { store } = open();
    const { organizationId, pair } = await twoImages(open());
    const zlib = { packageKey: 'pkg:deb/debian/zlib1g', ecosystem: 'deb', name: 'zlib1g' };
    expect(await store.comparisons.components(organizationId, pair)).toEqual({ from: [{ ...zlib, version: '1.3' }], to: [{ ...zlib, version: '1.4' }], unchangedCount: 3 });
    expect(await store.comparisons.components(organizationId, { from: pair.to, to: pair.to })).toEqual({ from: [], to: [], unchangedCount: 4 });
  });

  test('a package with several versions is given with all of them, each once; one that only one image holds, on that side', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { images, scans } = await store.connections.connect(connectInput(organizationId, { images: [image('mall', '1'), image('mall', '2')] }));
    const [template] = scanResult().components;
    const sides = [['a 1', 'a 2', 'b 1', 'b 1', 'c 1', 'd 1', 'd 1'], ['a 2', 'a 1', 'a 3', 'b 1', 'd 1', 'e 1']];
    const contentIds: string[] = [];
    for (const [index, scan] of scans.entries()) {
      const held = sides[index]!.map((text, place) => {
        const [name = '', version = ''] = text.split(' ');
        return { ...template!, id: `${text} ${place}`, ecosystem: 'npm', name, version, packageUrl: `pkg:npm/${name}@${version}` };
      });
      contentIds.push((await store.scans.complete(scan.id, scanResult({ digest: `sha256:${String(index).repeat(64)}`, components: held })))?.contentId ?? '');
    }
    const [from, to] = contentIds.map((contentId, index) => ({ imageId: images[index]!.id, contentId })) as [ComparedPair['from'], ComparedPair['to']];
    const told = async (pair: ComparedPair) => {
      const { unchangedCount, ...lists } = await store.comparisons.components(organizationId, pair);
      return [...[lists.from, lists.to].map((list) => list.map(({ packageKey, name, version }) => `${packageKey} ${name} ${version}`)), unchangedCount];
    };
    const [old, now] = [['pkg:npm/a a 1', 'pkg:npm/a a 2', 'pkg:npm/c c 1'], ['pkg:npm/a a 1', 'pkg:npm/a a 2', 'pkg:npm/a a 3', 'pkg:npm/e e 1']];
    expect(await told({ from, to })).toEqual([old, now, 2]);
    expect(await told({ from: to, to: from })).toEqual([now, old, 2]);
  });

  test('each vulnerability of a package is introduced, fixed or unchanged; hidden ones and further copies do not count', async () => {
    const { organizationId, pair } = await twoImages(open());
    expect(await open().store.comparisons.counts(organizationId, pair)).toEqual({
      introduced: { counts: { ...none, critical: 1, high: 1 }, exploitedCount: 1 },
      fixed: { counts: { ...none, critical: 1, unknown: 1 }, exploitedCount: 1 },
      unchanged: { counts: { ...none, critical: 1, low: 1 }, exploitedCount: 0 },
    });
    const { from } = pair;
    expect((await open().store.comparisons.counts(organizationId, { from, to: from })).unchanged.counts).toEqual({ ...none, critical: 2, medium: 1, unknown: 1 });
  });

  test('changes come page by page, what is introduced first, with the versions of both sides and the finding where it is', async () => {
    const { organizationId, pair } = await twoImages(open());
    const list = async (filter: FindingChangeFilter, first = 1) => {
      const rows: unknown[] = [];
      for (let after: string | undefined, more = true; more; ) {
        const page = await open().store.comparisons.list(organizationId, pair, filter, { first, ...(after !== undefined && { after }) });
        rows.push(...page.items.map(({ kind, finding: { vulnerability, imageId }, fromVersion, toVersion }) => [kind, vulnerability, imageId === pair.to.imageId ? 'later' : 'earlier', fromVersion, toVersion]));
        after = page.nextCursor;
        more = after !== undefined;
      }
      expect(await open().store.comparisons.count(organizationId, pair, filter)).toBe(rows.length);
      return rows;
    };
    const all = [
      ['introduced', 'CVE-2029-7', 'later', undefined, '5.10'],
      ['introduced', 'CVE-2029-6', 'later', undefined, '5.10'],
      ['fixed', 'CVE-2029-2', 'earlier', '1.3', undefined],
      ['fixed', 'CVE-2029-4', 'earlier', '4.17.21', undefined],
      ['unchanged', 'CVE-2029-3', 'later', '1.3', '1.4'],
      ['unchanged', 'CVE-2029-1', 'later', expect.stringMatching(/^5\./), '5.2'],
    ];
    expect(await list({})).toEqual(all);
    expect(await list({ kinds: ['introduced', 'fixed'], severities: ['critical'] }, 10)).toEqual([all[0], all[2]]);
    expect(await list({ search: 'ZLIB' }, 10)).toEqual([all[2], all[4]]);
    expect(await list({ search: '2029-4' }, 10)).toEqual([all[3]]);
  });

  test('packages are told what their change brings in and what it fixes', async () => {
    const { organizationId, pair } = await twoImages(open());
    expect(await open().store.comparisons.byPackage(organizationId, pair)).toEqual([
      { packageKey: 'pkg:deb/debian/bash', introducedCount: 2, fixedCount: 0, introduced: ['CVE-2029-7', 'CVE-2029-6'], fixed: [], introducedPriority: expect.any(Number) },
      { packageKey: 'pkg:deb/debian/zlib1g', introducedCount: 0, fixedCount: 1, introduced: [], fixed: ['CVE-2029-2'], fixedPriority: expect.any(Number) },
      { packageKey: 'pkg:npm/lodash', introducedCount: 0, fixedCount: 1, introduced: [], fixed: ['CVE-2029-4'], fixedPriority: expect.any(Number) },
    ]);
  });
}
