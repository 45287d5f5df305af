import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createComponentMatcher, type ComponentMatcher } from '@esscm/scan-engine';
import { readVexContent } from '@esscm/scan-engine/vex';
import { importPaths } from '@esscm/vulnerabilities';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rematch } from '../advisories/rematch.js';
import { catalogued, ScannerFixture } from '../scanner-fixture.support.test.js';
import { applyDocuments } from './apply-documents.js';

let folder: string;
let fixture: ScannerFixture;
let matcher: ComponentMatcher;

/** Another one in each test, so that one knows nothing of another. */
let vulnerability = 'CVE-2026-1000';

beforeAll(async () => {
  fixture = await ScannerFixture.open();
});
afterAll(() => fixture.close());

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'settled-'));
  vulnerability = `CVE-2026-${Number(vulnerability.slice(9)) + 1}`;
  matcher = createComponentMatcher({ folder: path.join(folder, 'advisories') });
});

afterEach(async () => {
  await matcher[Symbol.asyncDispose]();
  const connections = await fixture.store.connections.list(fixture.organizationId, { first: 5 });
  for (const { id } of connections.items) await fixture.store.connections.delete(fixture.organizationId, id);
  await rm(folder, { recursive: true });
});

/** One generation in which bash 5.2 has the vulnerability up to a version, or without a fix. */
async function advise(fixed?: string): Promise<void> {
  const file = path.join(folder, 'debian.json');
  const events = [{ introduced: '0' }, ...(fixed === undefined ? [] : [{ fixed }])];
  await writeFile(file, JSON.stringify({ id: vulnerability, modified: '2026-01-01T00:00:00Z', affected: [{ package: { ecosystem: 'Debian:13', name: 'bash-source' }, ranges: [{ type: 'ECOSYSTEM', events }] }] }));
  await importPaths(path.join(folder, 'advisories'), [file], { signal: new AbortController().signal, now: new Date().toISOString() });
}
const followed = () => rematch({ store: fixture.store, matcher, log: fixture.log() }, new AbortController().signal);
const documentsApplied = () => applyDocuments({ store: fixture.store, log: fixture.log() }, { goOn: () => Promise.resolve() });

const scanned = () => fixture.connectScanned(catalogued({ distribution: { id: 'debian', idLike: [], versionId: '13' } }), matcher);

async function vendorSaysNotAffected(): Promise<void> {
  const statement = { vulnerability: { name: vulnerability }, status: 'not_affected', justification: 'vulnerable_code_not_in_execute_path', products: [{ '@id': 'pkg:deb/debian/bash' }] };
  const document = { '@context': 'https://openvex.dev/ns/v0.2.0', '@id': `https://example.org/vex/${vulnerability}`, author: 'Vendor', timestamp: '2026-11-01T00:00:00Z', version: 1, statements: [statement] };
  const content = readVexContent(Buffer.from(JSON.stringify(document)), { location: 'vendor.json' });
  await fixture.store.vex.put(fixture.organizationId, { ...content, source: 'uploaded', identity: content.documentId, name: 'vendor.json', location: 'vendor.json', addedBy: 'Ada' });
}

/** Each finding with its fix, and what counts for it. */
async function shown(): Promise<string[]> {
  const { items } = await fixture.store.findings.list(fixture.organizationId, {}, 'vulnerability', { first: 5 });
  const [verdicts, decisions] = await Promise.all([fixture.store.vex.verdictsOf(fixture.organizationId, items), fixture.store.triage.counting(fixture.organizationId, items)]);
  return items.map((item, index) => `${item.vulnerability} fixed in ${item.fixVersion}: ${decisions[index]?.state ?? verdicts[index]?.status ?? 'open'}`);
}
/** Oldest first. */
async function happened(): Promise<string[]> {
  const { items } = await fixture.store.findings.events(fixture.organizationId, { vulnerability }, { first: 50 });
  return items.map(({ kind, cause, changes }) => [kind, cause, ...(changes === undefined ? [] : Object.keys(changes))].join(' ')).toReversed();
}

describe('a finding that a document settled', () => {
  test('stays settled when its advisory changes, also before documents are looked at again', async () => {
    await advise('6');
    await scanned();
    await vendorSaysNotAffected();
    await documentsApplied();
    expect(await shown()).toEqual([`${vulnerability} fixed in 6: not_affected`]);
    await advise('7');
    await followed();
    expect(await shown()).toEqual([`${vulnerability} fixed in 7: not_affected`]);
    await documentsApplied();
    expect(await shown()).toEqual([`${vulnerability} fixed in 7: not_affected`]);
    // Two generations at once: what changed cannot be told, and the image is matched whole.
    await advise('8');
    await advise('9');
    expect(await followed()).toMatchObject({ whole: 1 });
    expect(await shown()).toEqual([`${vulnerability} fixed in 9: not_affected`]);
    await documentsApplied();
    expect(await shown()).toEqual([`${vulnerability} fixed in 9: not_affected`]);
    expect(await happened()).toEqual(['changed vex vex', 'changed advisories fixVersion', 'changed advisories fixVersion']);
  });

  test('is settled again when its advisory took it back and brings it again', async () => {
    await advise('6');
    await scanned();
    await vendorSaysNotAffected();
    await documentsApplied();
    await advise('5');
    await followed();
    await documentsApplied();
    expect(await shown()).toEqual([]);
    await advise('6');
    await followed();
    expect(await fixture.store.vex.countBehind(fixture.organizationId)).toBe(1);
    await documentsApplied();
    expect(await shown()).toEqual([`${vulnerability} fixed in 6: not_affected`]);
    expect(await happened()).toEqual(['changed vex vex', 'resolved advisories reason', 'new advisories', 'changed vex vex']);
  });

  test('is settled when the advisory comes after the document', async () => {
    await advise('5');
    await scanned();
    await vendorSaysNotAffected();
    await documentsApplied();
    expect(await shown()).toEqual([]);
    await advise('6');
    await followed();
    await documentsApplied();
    expect(await shown()).toEqual([`${vulnerability} fixed in 6: not_affected`]);
  });
});

describe('a finding that somebody decided', () => {
  const decide = (reopenWhenFixed: boolean) =>
    fixture.store.triage.decide(fixture.organizationId, [{ vulnerability, packageKey: 'pkg:deb/debian/bash', scopeKey: '', hadFix: false }], { scope: 'everywhere', state: 'accepted_risk', reason: 'Not reachable.', author: 'Ada', reopenWhenFixed });

  test('stays decided when its advisory changes, and when it goes and comes again', async () => {
    await advise('6');
    await scanned();
    await decide(false);
    await advise('7');
    await followed();
    expect(await shown()).toEqual([`${vulnerability} fixed in 7: accepted_risk`]);
    await advise('5');
    await followed();
    expect(await shown()).toEqual([]);
    await advise('6');
    await followed();
    expect(await shown()).toEqual([`${vulnerability} fixed in 6: accepted_risk`]);
  });

  test('until there is a fix is open again once an advisory names one', async () => {
    await advise();
    await scanned();
    await decide(true);
    expect(await shown()).toEqual([`${vulnerability} fixed in undefined: accepted_risk`]);
    await advise('7');
    await followed();
    expect(await shown()).toEqual([`${vulnerability} fixed in 7: open`]);
  });
});
