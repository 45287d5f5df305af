import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { matchComponents } from '../../matchers/match-components.js';
import type { MatchResult } from '../../matchers/finding.js';
import { allRanges, serveFeeds, updatedFolder } from '../../testing/feed-server.js';
import { zipArchive } from '../../testing/zip-archive.js';
import { debianReleaseOfCodename } from '../../matchers/distribution-ecosystems.js';
import { readTrackerIssue } from './read-tracker-issue.js';

const fixture = (name: string): Promise<string> => readFile(path.join(import.meta.dirname, 'fixtures', name), 'utf8');

async function matching(tracker: string, osv: Readonly<Record<string, unknown>>, name: string, version: string, versionId: string): Promise<MatchResult> {
  await using server = await serveFeeds({ '/tracker': tracker, '/Debian/all.zip': zipArchive(Object.fromEntries(Object.entries(osv).map(([id, record]) => [`${id}.json`, JSON.stringify(record)]))) });
  await using folder = await updatedFolder({ osv: server.address, debianTracker: `${server.address}tracker` });
  await folder.update(['Debian']);
  using database = await folder.open();
  const component = { id: '1', ecosystem: 'deb', name, version, packageUrl: `pkg:deb/debian/${name}@${version}`, locations: [] };
  return matchComponents({ components: [component], distribution: { id: 'debian', idLike: [], versionId } }, database);
}

test('the extract of the tracker is read as one record an issue', async () => {
  await using server = await serveFeeds({ '/tracker': await fixture('tracker-advisory.json') });
  await using folder = await updatedFolder({ debianTracker: `${server.address}tracker` });
  expect(await folder.update(['debian-tracker'])).toMatchObject([{ source: 'debian-tracker', changed: true, counts: { records: 4, refused: 0 } }]);
  using database = await folder.open();
  expect(allRanges(database, 'CVE-2016-5416')).toEqual(['Debian:11 389-ds-base: i0', 'Debian:sid 389-ds-base: i0']);
  expect(allRanges(database, 'CVE-2012-0833')).toEqual(['Debian:11 389-ds-base: i0 f0', 'Debian:sid 389-ds-base: i0 f0']);
  expect(database.ranges('affected', 'Debian:11', '389-ds-base').map((range) => range.detail)).toContainEqual({ decisive: true, fixState: 'will-not-fix', fixNote: 'Debian ignores it in this release: Minor issue' });
  expect((await folder.update(['debian-tracker']))[0]?.changed).toBe(false);
});

test.each<[string, object, unknown]>([
  ['fixed', { status: 'resolved', fixed_version: '1.2-3', urgency: 'high**' }, [['i0\nf1.2-3', { decisive: true, urgency: 'high' }]]],
  ['never affected', { status: 'resolved', fixed_version: '0', urgency: 'unimportant' }, [['i0\nf0', { decisive: true, urgency: 'unimportant' }]]],
  ['open', { status: 'open', urgency: 'not yet assigned' }, [['i0', { decisive: true }]]],
  ['no advisory planned', { status: 'open', urgency: 'low', nodsa: 'Minor issue', nodsa_reason: '' }, [['i0', { decisive: true, urgency: 'low', fixState: 'deferred', fixNote: 'Debian plans no advisory; a point release may fix it: Minor issue' }]]],
  ['postponed', { status: 'open', nodsa: '', nodsa_reason: 'postponed' }, [['i0', { decisive: true, fixState: 'deferred', fixNote: 'Debian has postponed a fix' }]]],
  ['ignored', { status: 'open', nodsa: 'Too intrusive', nodsa_reason: 'ignored' }, [['i0', { decisive: true, fixState: 'will-not-fix', fixNote: 'Debian ignores it in this release: Too intrusive' }]]],
  ['no longer supported', { status: 'open', urgency: 'end-of-life' }, [['i0', { decisive: true, fixState: 'end-of-life', fixNote: 'Debian no longer supports this package in this release' }]]],
  ['undetermined', { status: 'undetermined' }, []],
])('%s', (_, status, expected) => {
  const affected = readTrackerIssue('x', { releases: { bookworm: status as never, unheardof: status as never } });
  expect(affected.map(({ ecosystem, ranges, detail }) => [ecosystem, ranges[0], detail])).toEqual((expected as [string, object][]).map(([events, detail]) => ['Debian:12', events, detail]));
});

test('the tracker decides where OSV lags behind, and OSV adds its ratings', async () => {
  const severity = [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }];
  const affected = (ecosystem: string): object[] => [{ package: { ecosystem, name: '389-ds-base' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] }];
  const osv = {
    'DEBIAN-CVE-2012-0833': { id: 'DEBIAN-CVE-2012-0833', upstream: ['CVE-2012-0833'], affected: affected('Debian:11') },
    'DEBIAN-CVE-2016-5416': { id: 'DEBIAN-CVE-2016-5416', upstream: ['CVE-2016-5416'], severity, affected: affected('Debian:11') },
  };
  const { findings } = await matching(await fixture('tracker-advisory.json'), osv, '389-ds-base', '1.4.4.11-2', '11');
  expect(findings.map((finding) => [finding.id, finding.fix.state, finding.severity.level, finding.evidence.map((each) => each.source), finding.notes])).toEqual([
    ['CVE-2016-5416', 'will-not-fix', 'critical', ['debian-tracker', 'osv:Debian'], ['Debian ignores it in this release: Minor issue']],
  ]);
});

test('what a release no longer supports is said to be so', async () => {
  const tracker = JSON.stringify({ chromium: { 'CVE-2024-11111': { releases: { bullseye: { status: 'open', urgency: 'end-of-life', nodsa: 'EOL in bullseye', nodsa_reason: 'ignored' } } } } });
  const { findings } = await matching(tracker, { X: { id: 'X', affected: [] } }, 'chromium', '120-1', '11');
  expect(findings.map((finding) => [finding.id, finding.fix])).toEqual([['CVE-2024-11111', { state: 'end-of-life', version: undefined, alsoFixedIn: [] }]]);
});

test('codenames without a known release are left out', () => {
  expect([debianReleaseOfCodename('bookworm'), debianReleaseOfCodename('sid'), debianReleaseOfCodename('sarge')]).toEqual(['12', 'sid', undefined]);
});
