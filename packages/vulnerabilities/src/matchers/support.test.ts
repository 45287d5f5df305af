import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { serveFeeds, updatedFolder } from '../testing/feed-server.js';
import type { MatchResult } from './finding.js';
import { matchComponents } from './match-components.js';
import type { MatchDistribution } from './match-input.js';

const published = await readFile(path.join(import.meta.dirname, '../advisories/end-of-life/fixtures/products.json'), 'utf8');

async function match(products: string, today: string, distribution: Omit<MatchDistribution, 'idLike'> | undefined, ...packageUrls: string[]): Promise<MatchResult> {
  await using server = await serveFeeds({ '/full': products });
  await using folder = await updatedFolder({ endOfLife: `${server.address}full` });
  await folder.update(['end-of-life']);
  using database = await folder.open();
  const components = packageUrls.map((packageUrl) => {
    const [, ecosystem = '', name = '', version = ''] = /^pkg:([a-z]+)\/(.+)@(.+)$/.exec(packageUrl) ?? [];
    return { id: packageUrl, ecosystem, name, version, packageUrl, locations: [] };
  });
  return matchComponents({ components, today, ...(distribution === undefined ? {} : { distribution: { ...distribution, idLike: [] } }) }, database);
}

const made = (name: string, releases: readonly object[], more: object = {}): string => JSON.stringify({ result: [{ name, releases, ...more }, { name: 'odd', releases: 'none' }] });

describe('the release of a distribution', () => {
  test.each<[string, string, string, unknown]>([
    ['is supported before its day', '22.04', '2027-04-20', { product: 'ubuntu', release: '22.04', isSupported: true, endsOn: '2027-04-21' }],
    ['is not from its day on', '22.04', '2027-04-21', { product: 'ubuntu', release: '22.04', isSupported: false, endsOn: '2027-04-21' }],
    ['that ended long ago', '18.04', '2026-08-01', { product: 'ubuntu', release: '18.04', isSupported: false, endsOn: '2023-04-26' }],
    ['nothing is known of', '23.10', '2026-08-01', undefined],
  ])('%s', async (_, versionId, today, expected) => {
    expect((await match(published, today, { id: 'ubuntu', versionId }, 'pkg:deb/ubuntu/x@1')).distributionSupport).toEqual(expected);
  });

  test.each([
    ['2022-09-09', []],
    ['2023-01-01', ['debian 10 is no longer supported, since 2022-09-10; only extended support, until 2024-06-30, still brings fixes.']],
    ['2024-06-30', ['debian 10 is no longer supported, since 2022-09-10; vulnerabilities found since may be missing here and will not be fixed.']],
  ])('that is no longer supported is a notice with its dates: on %s', async (today, expected) => {
    const products = made('debian', [{ name: '10', isEol: true, eolFrom: '2022-09-10', eoesFrom: '2024-06-30' }, { name: '1', isEol: true }]);
    const { notices } = await match(products, today, { id: 'debian', versionId: '10' }, 'pkg:deb/debian/x@1');
    const found = notices.filter((notice) => notice.code === 'distribution-unsupported');
    expect([found.map((notice) => notice.message), found.flatMap((notice) => notice.componentIds)]).toEqual([expected, expected.map(() => 'pkg:deb/debian/x@1')]);
  });

  test.each<[string, Omit<MatchDistribution, 'idLike'>, string, string]>([
    ['Alpine, without its patch level', { id: 'alpine', versionId: '3.18.4' }, 'alpine-linux', '3.18'],
    ['Amazon Linux, without the day of the image', { id: 'amzn', versionId: '2023.6.20241031' }, 'amazon-linux', '2023'],
    ['the first Amazon Linux', { id: 'amzn', versionId: '2018.03' }, 'amazon-linux', '2018.03'],
    ['Rocky Linux, without its minor release', { id: 'rocky', versionId: '8.10' }, 'rocky-linux', '8'],
    ['Oracle Linux', { id: 'ol', versionId: '8.10' }, 'oracle-linux', '8'],
    ['SUSE, with its service pack', { id: 'sles', versionId: '15.5' }, 'sles', '15.5'],
  ])('of %s', async (_, distribution, product, release) => {
    const result = await match(made(product, [{ name: release, isEol: true }]), '2026-08-01', distribution);
    expect(result.distributionSupport).toEqual({ product, release, isSupported: false });
  });
});

describe('a runtime', () => {
  test('is told by its package, and one without a date by what the source says', async () => {
    const result = await match(published, '2028-01-01', undefined, 'pkg:generic/python@3.11.4', 'pkg:generic/python@3.12.0', 'pkg:generic/python@2.7.18', 'pkg:pypi/requests@2.0');
    expect([result.runtimeSupport?.map((each) => [each.componentId, each.release, each.isSupported]), result.notices.filter((notice) => notice.code === 'runtime-unsupported').map((notice) => [notice.message, notice.componentIds])]).toEqual([
      [['pkg:generic/python@3.11.4', '3.11', false], ['pkg:generic/python@3.12.0', '3.12', true], ['pkg:generic/python@2.7.18', '2.7', false]],
      [
        ['python 3.11 is no longer supported, since 2027-10-24.', ['pkg:generic/python@3.11.4']],
        ['python 2.7 is no longer supported, since 2020-01-01.', ['pkg:generic/python@2.7.18']],
      ],
    ]);
  });

  test.each([
    ['the standard library of Go', 'go', 'pkg:golang/stdlib@1.21.5', '1.21'],
    ['a framework, by its package URL', 'django', 'pkg:pypi/django@4.2.1', '4.2'],
    ['a scoped package', 'angular', 'pkg:npm/%40angular/core@15.0.1', '15'],
  ])('%s', async (_, product, packageUrl, release) => {
    const identifiers = ['pkg:pypi/django', 'pkg:npm/%40angular/core', 'pkg:deb/debian/django'].map((id) => ({ type: 'purl', id }));
    const result = await match(made(product, [{ name: release, isEol: true, eolFrom: '2024-01-01' }], { identifiers }), '2026-08-01', undefined, packageUrl);
    expect(result.runtimeSupport).toEqual([{ componentId: packageUrl, product, release, isSupported: false, endsOn: '2024-01-01' }]);
  });

  test('that is a package of a distribution is supported as long as that is', async () => {
    const products = made('python', [{ name: '3.11', isEol: true }], { identifiers: [{ type: 'purl', id: 'pkg:deb/debian/python3' }] });
    expect((await match(products, '2026-08-01', undefined, 'pkg:deb/debian/python3@3.11')).runtimeSupport).toBeUndefined();
  });
});

test('a product of another form is left out by name; a file of another form is refused', async () => {
  await using server = await serveFeeds({ '/full': made('debian', [{ name: '12', isEol: false, eolFrom: '2026-06-10' }]) });
  await using folder = await updatedFolder({ endOfLife: `${server.address}full` });
  expect((await folder.update(['end-of-life']))[0]).toMatchObject({ entries: 1, counts: { refused: 1 } });
  expect(folder.refused.map((refused) => refused.name)).toEqual(['odd']);
  server.routes['/full'] = '{"result":[]}';
  expect((await folder.update(['end-of-life']))[0]?.failure).toMatchObject({ code: 'feed-malformed', source: 'end-of-life' });
  using database = await folder.open();
  expect(database.supportCycles('debian')).toEqual([{ cycle: '12', label: '12', ended: false, ends: '2026-06-10', extendedEnds: undefined }]);
});
