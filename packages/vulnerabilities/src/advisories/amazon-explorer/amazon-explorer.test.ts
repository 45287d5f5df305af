import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MatchResult } from '../../matchers/finding.js';
import { matchComponents } from '../../matchers/match-components.js';
import type { MatchComponent } from '../../matchers/match-input.js';
import { serveFeeds, updatedFolder } from '../../testing/feed-server.js';
import type { FeedServer, Route, UpdatedFolder } from '../../testing/feed-server.js';
import { zipArchive } from '../../testing/zip-archive.js';
import { explorerPage, row } from './explorer-page.support.test.js';

const fixtures = path.join(import.meta.dirname, '../amazon-linux/fixtures');

/** What the notices name, the newest first: QEMU's is the last one, the others are of OpenJDK. */
const named = ['CVE-2018-2678', 'CVE-2018-2677', 'CVE-2018-2663', 'CVE-2018-2641', 'CVE-2018-2637', 'CVE-2018-2634', 'CVE-2018-2633', 'CVE-2018-2629', 'CVE-2018-2618', 'CVE-2018-2603', 'CVE-2018-2602', 'CVE-2018-2599', 'CVE-2018-2588', 'CVE-2018-2582', 'CVE-2018-2579', 'CVE-2017-5715'];

/** Notices of the second edition. */
async function notices(): Promise<Record<string, Route>> {
  const updateinfo = await readFile(path.join(fixtures, 'updateinfo_2_core.xml.gz'));
  const index = (await readFile(path.join(fixtures, 'repomd_valid.xml'), 'utf8')).replace('bec8d2c717d39b54b81de021332338e22edac2da0b363a407f86880c4fb62d6f', createHash('sha256').update(updateinfo).digest('hex'));
  return Object.fromEntries([
    ['/2/extras-catalog.json', JSON.stringify({ topics: [] })],
    ...['x86_64', 'aarch64'].flatMap((architecture) => [
      [`/2/core/latest/${architecture}/mirror.list`, `https://cdn.amazonlinux.com/2/core/guids/${architecture}`],
      [`/2/core/guids/${architecture}/repodata/repomd.xml`, index],
      [`/2/core/guids/${architecture}/repodata/updateinfo.xml.gz`, updateinfo],
    ]),
  ]);
}

/** What another distribution says of a package with the name of one of Amazon's. */
function elsewhere(...cves: string[]): Route {
  return zipArchive(Object.fromEntries(cves.map((cve) => [`DEBIAN-${cve}.json`, JSON.stringify({ id: `DEBIAN-${cve}`, upstream: [cve], affected: [{ package: { ecosystem: 'Debian:12', name: 'qemu-kvm' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] }] })])));
}

interface Made extends AsyncDisposable {
  readonly server: FeedServer;
  readonly folder: UpdatedFolder;
  /** The CVEs whose pages were asked for since the last call, in order. */
  asked(): string[];
}

async function made(routes: Record<string, Route>): Promise<Made> {
  const server = await serveFeeds({ ...(await notices()), ...routes });
  const folder = await updatedFolder({ amazonLinux: server.address, amazonExplorer: `${server.address}explorer/`, osv: server.address });
  return {
    server,
    folder,
    asked: () => server.requests.splice(0).flatMap((request) => /^\/explorer\/(.+)\.html$/.exec(request)?.[1] ?? []),
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const pageOf = (cve: string, status: string, platform = 'Amazon Linux 2 - Core'): Record<string, Route> => ({ [`/explorer/${cve}.html`]: explorerPage(cve, [row(platform, 'qemu-kvm', status)]) });

async function matching(folder: UpdatedFolder, components: readonly MatchComponent[]): Promise<MatchResult> {
  using database = await folder.open();
  return matchComponents({ components, distribution: { id: 'amzn', idLike: [], versionId: '2' } }, database);
}

function image(version: string): MatchComponent {
  return { id: 'qemu-img', ecosystem: 'rpm', name: 'qemu-img', version, architecture: 'x86_64', source: { name: 'qemu-kvm', version }, packageUrl: `pkg:rpm/amzn/qemu-img@${version}`, locations: [] };
}

const fixedVersion = '10:1.5.3-141.amzn2.5.3';

describe('what is asked', () => {
  test('vulnerabilities that notices and other distributions name for its packages, the newest first, once the others are in place', async () => {
    await using it = await made({ '/Debian/all.zip': elsewhere('CVE-2025-22222', 'CVE-2026-10000', 'CVE-2026-9999'), ...pageOf('CVE-2026-9999', 'Pending Fix') });
    const outcomes = await it.folder.update(['amazon-explorer', 'amazon-linux:2', 'osv:Debian']);
    expect(outcomes.map(({ source, failure, counts }) => [source, failure, counts?.records])).toEqual([['amazon-explorer', undefined, 19], ['amazon-linux:2', undefined, 2], ['osv:Debian', undefined, 3]]);
    expect(it.asked()).toEqual(['CVE-2026-10000', 'CVE-2026-9999', 'CVE-2025-22222', ...named]);
  });

  test('those of the packages that images hold, where they are told', async () => {
    await using it = await made({ '/Debian/all.zip': elsewhere('CVE-2025-22222'), ...pageOf('CVE-2017-5715', 'Fixed') });
    await it.folder.update(['amazon-linux:2', 'osv:Debian', 'amazon-explorer'], { packages: ['qemu-img', 'bash'] });
    expect(it.asked()).toEqual(['CVE-2017-5715']);
    await it.folder.update(['amazon-explorer'], { packages: ['qemu-img', 'qemu-kvm', 'bash'] });
    expect(it.asked()).toEqual(['CVE-2025-22222']);
    expect((await it.folder.update(['amazon-explorer'], { packages: [] }))[0]).toMatchObject({ changed: false, failure: undefined });
  });

  test('nothing again within a week, then what changed', async () => {
    await using it = await made(pageOf('CVE-2018-2602', 'Pending Fix'));
    await it.folder.update(['amazon-linux:2', 'amazon-explorer'], { now: '2026-08-01T00:00:00Z' });
    it.asked();
    expect([(await it.folder.update(['amazon-explorer'], { now: '2026-08-07T00:00:00Z' }))[0]?.changed, it.asked()]).toEqual([false, []]);
    Object.assign(it.server.routes, pageOf('CVE-2018-2602', 'Not Affected'));
    expect([(await it.folder.update(['amazon-explorer'], { now: '2026-08-08T00:00:00Z' }))[0]?.counts?.records, it.asked()]).toEqual([named.length, named]);
    expect((await matching(it.folder, [image(fixedVersion)])).findings).toEqual([]);
  });

  test('pages that are refused are asked for again, and those that are not there are not', async () => {
    const refuse: Route = (_, response) => void response.writeHead(403).end();
    await using it = await made({ ...pageOf('CVE-2018-2602', 'Fixed'), '/explorer/CVE-2018-2599.html': refuse });
    await it.folder.update(['amazon-linux:2', 'amazon-explorer']);
    it.asked();
    await it.folder.update(['amazon-explorer']);
    expect(it.asked()).toEqual(['CVE-2018-2599']);
  });

  test('that nothing is said of what is new is no failure; that nothing is said any more is one, and loses nothing', async () => {
    await using it = await made(pageOf('CVE-2018-2602', 'Pending Fix'));
    await it.folder.update(['amazon-linux:2', 'amazon-explorer'], { now: '2026-08-01T00:00:00Z' });
    it.server.routes['/Debian/all.zip'] = elsewhere('CVE-2026-10000');
    const [, next] = await it.folder.update(['osv:Debian', 'amazon-explorer'], { now: '2026-08-02T00:00:00Z' });
    expect([next?.failure, next?.counts?.records, next?.counts?.withdrawn]).toEqual([undefined, named.length + 1, named.length]);
    delete it.server.routes['/explorer/CVE-2018-2602.html'];
    const [later] = await it.folder.update(['amazon-explorer'], { now: '2026-08-08T00:00:00Z' });
    expect([later?.failure?.code, (await matching(it.folder, [image(fixedVersion)])).findings.map(({ id }) => id)]).toEqual(['download-failed', ['CVE-2018-2602']]);
  });

  test('what was answered counts when the server answers no more', async () => {
    const page = explorerPage('CVE-2018-2602', [row('Amazon Linux 2', 'qemu-kvm', 'Pending Fix')]);
    const fails: Route = (_, response) => void response.writeHead(500).end();
    await using it = await made({ '/explorer/CVE-2018-2602.html': page, '/explorer/CVE-2018-2588.html': fails });
    const [, outcome] = await it.folder.update(['amazon-linux:2', 'amazon-explorer']);
    expect([outcome?.failure, (await matching(it.folder, [image(fixedVersion)])).findings.map(({ id }) => id)]).toEqual([undefined, ['CVE-2018-2602']]);
  });
});

describe('it is named as failed', () => {
  const failing = async (routes: Record<string, Route>, sources: readonly string[]): Promise<unknown> => {
    await using it = await made(routes);
    const outcome = (await it.folder.update(sources)).find(({ source }) => source === 'amazon-explorer');
    return outcome?.failure === undefined ? undefined : [outcome.failure.code, outcome.failure.message];
  };

  test.each<[string, Record<string, Route>, readonly string[], unknown]>([
    ['without notices of Amazon Linux', {}, ['amazon-explorer'], ['feed-malformed', 'amazon-explorer: The database names no vulnerability of a package of Amazon Linux, and there is nothing to ask about.']],
    ['where no page is there', {}, ['amazon-linux:2', 'amazon-explorer'], ['download-failed', 'amazon-explorer: None of the 16 pages asked for is there.']],
    ['where every page is refused', { '*': (_, response) => void response.writeHead(403).end() }, ['amazon-linux:2', 'amazon-explorer'], ['download-failed', 'amazon-explorer: None of the 16 pages asked for is there.']],
    ['where all pages are others', { '*': '<html><body>Down for maintenance</body></html>' }, ['amazon-linux:2', 'amazon-explorer'], ['feed-malformed', 'amazon-explorer: The page does not name CVE-2018-2678.']],
  ])('%s', async (_, routes, sources, expected) => {
    expect(await failing(routes, sources)).toEqual(expected);
  });

  test('and one page that cannot be read is left out by name', async () => {
    await using it = await made({ ...pageOf('CVE-2018-2602', 'Pending Fix'), ...pageOf('CVE-2018-2599', 'Under Investigation') });
    const [, outcome] = await it.folder.update(['amazon-linux:2', 'amazon-explorer']);
    expect([outcome?.counts?.refused, it.folder.refused]).toEqual([1, [{ name: 'CVE-2018-2599', reason: 'The page of CVE-2018-2599 gives qemu-kvm in Amazon Linux 2 - Core the status “Under Investigation”.' }]]);
  });
});

describe('a package of the image', () => {
  const found = async (routes: Record<string, Route>, version: string): Promise<unknown> => {
    await using it = await made({ ...pageOf('CVE-2018-2579', 'Fixed'), ...routes });
    await it.folder.update(['amazon-linux:2', 'amazon-explorer']);
    const { findings, notices: said } = await matching(it.folder, [image(version)]);
    return [findings.map(({ id, fix, severity, confidence, notes, evidence }) => [id, fix.state, fix.version, severity.level, confidence, notes, evidence.map(({ source }) => source)]), said.map(({ code, message }) => [code, message])];
  };
  const asked = ['fixes-only', 'Vulnerabilities in amzn 2 that are not fixed are known as far as their source was asked about them. Others are missing here.'];
  const notAsked = ['fixes-only', 'The advisories for amzn 2 tell only of vulnerabilities that are fixed. Those that are not fixed yet are missing here.'];

  test.each<[string, Record<string, Route>, string, unknown]>([
    ['with a vulnerability that waits for its fix', pageOf('CVE-2018-2602', 'Pending Fix'), fixedVersion, [[['CVE-2018-2602', 'unfixed', undefined, 'high', 'high', [], ['amazon-explorer']]], [asked]]],
    ['with one that gets none', pageOf('CVE-2018-2602', 'No Fix Planned'), fixedVersion, [[['CVE-2018-2602', 'will-not-fix', undefined, 'high', 'high', ['Amazon plans no fix for this package in this release'], ['amazon-explorer']]], [asked]]],
    ['that is not affected', pageOf('CVE-2018-2602', 'Not Affected'), fixedVersion, [[], [asked]]],
    ['of another release', pageOf('CVE-2018-2602', 'Pending Fix', 'Amazon Linux 2023'), fixedVersion, [[], [notAsked]]],
    ['that a notice has fixed, whatever an older page says', pageOf('CVE-2017-5715', 'Pending Fix'), fixedVersion, [[], [asked]]],
    ['below the fix of a notice, which says more', pageOf('CVE-2017-5715', 'No Fix Planned'), '10:1.5.3-141.amzn2.5.2', [[['CVE-2017-5715', 'fixed', fixedVersion, 'high', 'high', [], ['amazon-linux:2']]], [asked]]],
  ])('%s', async (_, routes, version, expected) => {
    expect(await found(routes, version)).toEqual(expected);
  });

  test('speaks for what it owns, where the explorer names the vulnerability', async () => {
    const record = { id: 'PYSEC-2018-1', aliases: ['CVE-2018-2602'], affected: [{ package: { ecosystem: 'PyPI', name: 'qemu' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] }] };
    await using it = await made({ ...pageOf('CVE-2018-2602', 'Not Affected'), '/PyPI/all.zip': zipArchive({ 'PYSEC-2018-1.json': JSON.stringify(record) }) });
    await it.folder.update(['amazon-linux:2', 'osv:PyPI', 'amazon-explorer']);
    const python: MatchComponent = { id: 'python', ecosystem: 'pypi', name: 'qemu', version: '1.0', packageUrl: 'pkg:pypi/qemu@1.0', ownedBy: 'qemu-img', locations: [] };
    const { findings, suppressed } = await matching(it.folder, [image(fixedVersion), python]);
    expect([findings, suppressed.map(({ reason }) => reason)]).toEqual([[], ['Part of qemu-img 10:1.5.3-141.amzn2.5.3, whose distribution speaks of CVE-2018-2602']]);
  });
});
