import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importPaths } from '@esscm/vulnerabilities';
import { beforeEach, afterEach, expect, test } from 'vitest';
import { createComponentMatcher, type ComponentMatcher } from './component-matcher.js';
import { lookUpsFor, lookUpsOf } from './look-up-hash.js';

let folder: string;
let matcher: ComponentMatcher;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'matcher-'));
  matcher = createComponentMatcher({ folder: path.join(folder, 'advisories'), sample: { records: [path.join(folder, 'sample-npm')], folder: path.join(folder, 'sample') } });
});

afterEach(async () => {
  await matcher[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const lodash = { id: '1', ecosystem: 'npm', name: 'lodash', version: '4.17.20', packageUrl: 'pkg:npm/lodash@4.17.20', locations: [{ path: '/app/node_modules/lodash/package.json' }] };
const rails = { id: '2', ecosystem: 'gem', name: 'rails', version: '7.0.0', packageUrl: 'pkg:gem/rails@7.0.0', locations: [] };

/** Imports one record about lodash, fixed in `fixed`. */
async function importRecord(fixed: string): Promise<void> {
  const record = { id: 'GHSA-35jh-r3h4-6jhm', modified: '2024-01-01T00:00:00Z', summary: 'Command Injection in lodash', aliases: ['CVE-2021-23337'], affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }] }] };
  const file = path.join(folder, 'record.json');
  await writeFile(file, JSON.stringify(record));
  await importPaths(path.join(folder, 'advisories'), [file], { signal: new AbortController().signal, now: '2026-11-23T06:00:00.000Z' });
}

test('without advisories nothing is judged, and it says which are missing', async () => {
  expect(await matcher.held()).toBeUndefined();
  expect(await matcher.match({ components: [lodash] })).toEqual({
    state: 'unmatched',
    matcherVersion: '5',
    notices: [{ code: 'no-advisories', message: 'There are no advisories on this server yet; nothing was judged.', componentCount: 1 }],
    missingEcosystems: ['npm'],
    neededEcosystems: ['npm'],
    suppressedCount: 0,
    findings: [],
  });
});

test('a finding carries why it was made, and the match with what', async () => {
  await importRecord('4.17.21');
  const revision = (await matcher.held())?.revision;
  expect(await matcher.match({ components: [lodash] })).toEqual({
    state: 'matched',
    revision,
    heldRevision: revision,
    advisoriesAt: '2026-11-23T06:00:00.000Z',
    matcherVersion: '5',
    notices: [],
    missingEcosystems: [],
    neededEcosystems: ['npm'],
    suppressedCount: 0,
    findings: [
      {
        componentId: '1',
        vulnerability: 'CVE-2021-23337',
        packageKey: 'pkg:npm/lodash',
        severity: 'unknown',
        ransomware: false,
        fixState: 'fixed',
        fixVersion: '4.17.21',
        class: 'vulnerability',
        hidden: false,
        confidence: 'high',
        fingerprint: expect.stringMatching(/^[\w-]{22}$/),
        detail: {
          summary: 'Command Injection in lodash',
          identifiers: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
          ratings: [],
          alsoFixedIn: [],
          evidence: [
            { recordId: 'GHSA-35jh-r3h4-6jhm', source: 'record', ecosystem: 'npm', packageName: 'lodash', lookedUpBy: 'package', comparedVersion: '4.17.20', reason: '4.17.20 is below 4.17.21 (fixed); compared as semver' },
          ],
          notes: [],
        },
      },
    ],
  });
});

test('what only a part of the advisories is there for is a partial match', async () => {
  await importRecord('4.17.21');
  const { state, missingEcosystems, notices, findings } = await matcher.match({ components: [lodash, rails] });
  expect([state, missingEcosystems, notices.map(({ code, componentCount }) => [code, componentCount]), findings.length]).toEqual(['partial', ['RubyGems'], [['no-advisories-for-ecosystem', 1]], 1]);
});

test('the next generation is used from the next match on', async () => {
  await importRecord('4.17.21');
  const first = await matcher.match({ components: [lodash] });
  await importRecord('4.17.19');
  const second = await matcher.match({ components: [lodash] });
  expect([first.findings.length, second.findings.length]).toEqual([1, 0]);
  expect(second.revision).not.toBe(first.revision);
});

test('a damaged database is no clean result', async () => {
  await importRecord('4.17.21');
  await writeFile(path.join(folder, 'advisories', 'advisories-00000002.sqlite'), 'rubbish');
  expect(await matcher.match({ components: [lodash] })).toMatchObject({ state: 'unmatched', notices: [{ code: 'advisories-unusable' }], findings: [] });
});

test('the sample is judged by the advisories packaged with it until there are others, and says so', async () => {
  await mkdir(path.join(folder, 'sample-npm'));
  await writeFile(path.join(folder, 'sample-npm', 'one.json'), JSON.stringify({ id: 'GHSA-sample', affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }] }));
  const sample = await matcher.match({ components: [lodash, rails], isSample: true });
  expect(sample).toMatchObject({ state: 'partial', revision: 'sample', missingEcosystems: ['RubyGems', 'npm'], findings: [{ vulnerability: 'GHSA-sample' }] });
  expect(sample.notices.map(({ code }) => code)).toEqual(['sample-advisories', 'no-advisories-for-ecosystem']);
  expect(await matcher.match({ components: [lodash] })).toMatchObject({ state: 'unmatched', findings: [] });
  await importRecord('4.17.21');
  expect(await matcher.match({ components: [lodash], isSample: true })).toMatchObject({ state: 'matched', missingEcosystems: [], findings: [{ vulnerability: 'CVE-2021-23337' }] });
});

test('what changed since a revision is told by what components ask for, and judged anew component by component', async () => {
  await importRecord('4.17.21');
  const before = (await matcher.held())?.revision ?? '';
  await importRecord('4.17.20');
  const changes = await matcher.changesSince(before);
  expect(changes?.ecosystems).toEqual([]);
  expect(lookUpsOf(lodash, undefined).every((lookUp) => changes?.lookUps.includes(lookUp))).toBe(true);
  expect(lookUpsOf(rails, undefined).some((lookUp) => changes?.lookUps.includes(lookUp))).toBe(false);
  const judged = await matcher.judge([{ component: rails }, { component: lodash }, { component: { ...lodash, version: '4.17.19' } }], before);
  expect(judged?.map(({ findings, suppressedBy }) => [findings.length, suppressedBy])).toEqual([[0, 0], [0, 0], [1, 0]]);
  expect(await matcher.judge([{ component: lodash }], 'unknown')).toBeUndefined();
  expect(await matcher.changesSince('unknown')).toBeUndefined();
});

test('patterns of ecosystems are found by the ecosystems they stand for', () => {
  const openssl = { id: '1', ecosystem: 'rpm', name: 'openssl', version: '1-1', packageUrl: 'pkg:rpm/suse/openssl@1-1', locations: [] };
  const [lookUp] = lookUpsOf(openssl, { id: 'sles', idLike: [], versionId: '15.5' });
  expect(lookUpsFor({ ecosystem: 'SUSE:Linux Enterprise Server 15 SP5', name: 'openssl' })).toContain(lookUp);
  expect(lookUpsFor({ ecosystem: 'SUSE:Linux Enterprise Server 15 SP5', name: 'curl' })).not.toContain(lookUp);
});
