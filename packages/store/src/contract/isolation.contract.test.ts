import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { matching } from './findings.contract.test.js';
import { createOrganization, connectInput, connectOne, image, scanResult, type TestStore } from './open-test-store.support.test.js';
import { document } from './vex.contract.test.js';

const decision = { scope: 'everywhere', state: 'affected', reason: 'checked', author: 'Ada', reopenWhenFixed: false } as const;

type Owned = Awaited<ReturnType<typeof ownedRows>>;

async function ownedRows(test: TestStore) {
  const { store, clock } = test;
  const organizationId = await createOrganization(test);
  const one = await connectOne(test, organizationId);
  const [selection] = await store.selections.replace(organizationId, one.connection.id, [{ rule: {}, naming: { project: 'p', version: 'v' }, platforms: 'default' }], 'user-1');
  const found = { ...image('found', '1'), ruleId: selection?.id ?? '' };
  await store.images.applyChanges(organizationId, one.connection.id, { add: [found], seen: [], moved: [], gone: [], back: [], released: [], taken: [] });
  await store.watches.receiveEvent(organizationId, one.connection.id, { eventId: '1', action: 'push', repository: 'found', occurredAt: clock.now() });
  const replay = randomUUID();
  await store.connections.connect(connectInput(organizationId, { sample: true, clientMutationId: replay }));
  await store.scans.begin(one.scan.id);
  const ended = await store.scans.complete(one.scan.id, scanResult({ matching: matching(), base: { layerCount: 1 } }));
  await store.projectFindingDays.recordAll(organizationId, clock.now());
  // A later match, so that there is something to tell of.
  await store.findings.replace(organizationId, ended?.contentId ?? '', matching({ findings: [...matching().findings, { ...matching().findings[0]!, vulnerability: 'CVE-2029-9' }] }));
  const target = { vulnerability: 'CVE-2029-1', packageKey: 'pkg:deb/debian/bash', scopeKey: '', hadFix: false };
  const { made: [made], batchId = '' } = await store.triage.decide(organizationId, [target, { ...target, vulnerability: 'CVE-2029-2' }], decision);
  await store.scanLogs.append(one.scan.id, [{ at: clock.now(), attempt: 1, level: 'info', text: 'begun' }]);
  const { document: vexDocument } = await store.vex.put(organizationId, document());
  await store.vex.setTrust(organizationId, one.connection.id, 'Ada');
  const statement = { position: 4, vulnerability: 'CVE-2029-3', packageKey: 'pkg:deb/debian/zlib1g', documentId: vexDocument.id, statement: 0 };
  for (const target of await store.vex.behind(10, { imageId: one.image.id })) {
    await store.vex.apply([{ target, verdicts: [{ ...statement, rank: 0, status: 'not_affected', detail: { statedAt: '', reason: 'By hand.', overruled: [] } }] }]);
  }
  // Another change, so that an image is behind.
  await store.vex.put(organizationId, document({ digest: `sha256:${'9'.repeat(64)}` }));
  await store.scanPauses.pause({ organizationId, userId: 'user-1', userName: 'Ada' });
  const failing = await connectOne(test, organizationId);
  await store.scans.fail(failing.scan.id, { code: 'x', heading: 'X', message: 'x', retryable: false });
  const active = await store.scans.request({ organizationId, trackedImageId: one.image.id, trigger: 'user', requestedBy: 'user-1' });
  const expiresAt = new Date(clock.now().getTime() + 3_600_000);
  const draft = await store.drafts.save({ ...connectInput(organizationId), createdBy: 'user-1', expiresAt }, { token: 'secret' });
  const token = await store.accessTokens.create({ organizationId, userId: 'user-1', name: 't', scopes: ['READ'], expiresAt, hash: Buffer.from(organizationId) });
  const [version] = await store.projects.findVersions(organizationId, [one.image.projectVersionId]);
  const view = await store.savedViews.save({ organizationId, page: 'findings', name: 'Mine', query: 'a=b', createdBy: 'user-1' });
  await store.findingDays.record(organizationId, { day: '2030-01-01', critical: 1, high: 2, medium: 3, low: 4, exploited: 1, imageCount: 5 });
  return { ...one, decided: made?.id ?? '', batchId, vexId: vexDocument.id, view, organizationId, replay, active, draft, token, contentId: ended?.contentId ?? '', projectId: version?.projectId ?? '', digest: scanResult().digest };
}

const page = { first: 50 };
const bash = { packageKey: 'pkg:deb/debian/bash', version: '5.2' };
const empty = { items: [] };
/** From nothing to what was found, so that everything is introduced. */
const pairOf = ({ image: { id: imageId }, contentId }: Owned) => ({ from: { imageId, contentId: '' }, to: { imageId, contentId } });
const noFindings = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };
const noScans = { queued: 0, running: 0, succeeded: 0, partial: 0, failed: 0, cancelled: 0 };

/** Every method that names an organisation, called with another one's: what a stranger gets. */
const strangerGets: Record<string, readonly [(store: TestStore['store'], stranger: string, owned: Owned, now: Date) => Promise<unknown>, unknown]> = {
  'accessTokens.list': [(store, stranger) => store.accessTokens.list(stranger, 'user-1'), []],
  'accessTokens.revoke': [(store, stranger, { token }) => store.accessTokens.revoke(stranger, 'user-1', token.id), false],
  'drafts.find': [(store, stranger, { draft }, now) => store.drafts.find(stranger, draft.id, now), undefined],
  'drafts.readSecrets': [(store, stranger, { draft }) => store.drafts.readSecrets(stranger, draft.id), {}],
  'drafts.recordVerificationProgress': [(store, stranger, { draft }) => store.drafts.recordVerificationProgress(stranger, draft.id, 'x'), undefined],
  'drafts.recordVerification': [(store, stranger, { draft }) => store.drafts.recordVerification(stranger, draft.id, 'x'), undefined],
  'drafts.delete': [(store, stranger, { draft }) => store.drafts.delete(stranger, draft.id), false],
  'connections.find': [(store, stranger, { connection }) => store.connections.find(stranger, connection.id), undefined],
  'connections.findMany': [(store, stranger, { connection }) => store.connections.findMany(stranger, [connection.id]), []],
  'connections.list': [(store, stranger) => store.connections.list(stranger, page), empty],
  'connections.readSecrets': [(store, stranger, { connection }) => store.connections.readSecrets(stranger, connection.id), {}],
  'connections.recordVerificationProgress': [(store, stranger, { connection }) => store.connections.recordVerificationProgress(stranger, connection.id, 'x'), undefined],
  'connections.replaceCredential': [
    (store, stranger, { connection }) =>
      store.connections.replaceCredential(stranger, connection.id, { credentialKindId: 'x', settings: {}, credentialHint: 'x', secrets: { token: 'x' }, verification: {} }),
    undefined,
  ],
  'connections.resumeScanning': [(store, stranger, { connection }) => store.connections.resumeScanning(stranger, connection.id), undefined],
  'connections.recordVerification': [(store, stranger, { connection }) => store.connections.recordVerification(stranger, connection.id, 'x'), undefined],
  'connections.countImages': [(store, stranger, { connection }) => store.connections.countImages(stranger, [connection.id]), new Map()],
  'connections.countByPlugin': [(store, stranger) => store.connections.countByPlugin(stranger), new Map()],
  'connections.findSample': [(store, stranger) => store.connections.findSample(stranger), undefined],
  'connections.findReplay': [
    (store, stranger, { replay }) => store.connections.findReplay({ organizationId: stranger, requestedBy: 'user-1', clientMutationId: replay }),
    undefined,
  ],
  'connections.deletionImpact': [(store, stranger, { connection }) => store.connections.deletionImpact(stranger, connection.id), undefined],
  'connections.delete': [(store, stranger, { connection }) => store.connections.delete(stranger, connection.id), false],
  'projects.find': [(store, stranger, { projectId }) => store.projects.find(stranger, projectId), undefined],
  'projects.findMany': [(store, stranger, { projectId }) => store.projects.findMany(stranger, [projectId]), []],
  'projects.list': [(store, stranger) => store.projects.list(stranger, page), empty],
  'projects.versionsOf': [(store, stranger, { projectId }) => store.projects.versionsOf(stranger, [projectId]), new Map()],
  'projects.findVersions': [(store, stranger, { image }) => store.projects.findVersions(stranger, [image.projectVersionId]), []],
  'images.find': [(store, stranger, { image }) => store.images.find(stranger, image.id), undefined],
  'images.findMany': [(store, stranger, { image }) => store.images.findMany(stranger, [image.id]), []],
  'images.list': [(store, stranger, { connection }) => store.images.list(stranger, { connectionId: connection.id }, page), empty],
  'images.count': [(store, stranger) => store.images.count(stranger), { total: 0, scanned: 0, partial: 0 }],
  'images.countByProject': [(store, stranger, { projectId }) => store.images.countByProject(stranger, [projectId]), new Map()],
  'images.repositoriesOf': [(store, stranger, { connection }) => store.images.repositoriesOf(stranger, connection.id), []],
  'images.inRepository': [(store, stranger, { connection, image }) => store.images.inRepository(stranger, connection.id, image.name, page), empty],
  'images.applyChanges': [
    (store, stranger, { connection, image }) =>
      store.images
        .applyChanges(stranger, connection.id, { add: [], seen: [], moved: [], gone: [image.id], back: [], released: [], taken: [] })
        .catch((error: Error) => error.name),
    'NotFoundError',
  ],
  'images.add': [(store, stranger, { connection }) => store.images.add(stranger, connection.id, [], 'x').catch((error: Error) => error.name), 'NotFoundError'],
  'images.assign': [(store, stranger, { image }) => store.images.assign(stranger, image.id, { projectName: 'x', projectVersion: 'x' }), undefined],
  'selections.list': [(store, stranger, { connection }) => store.selections.list(stranger, connection.id), []],
  'selections.replace': [(store, stranger, { connection }) => store.selections.replace(stranger, connection.id, [], 'x').catch((error: Error) => error.name), 'NotFoundError'],
  'selections.countImages': [(store, stranger, { connection }) => store.selections.countImages(stranger, connection.id), new Map()],
  'watches.findMany': [(store, stranger, { connection }) => store.watches.findMany(stranger, [connection.id]), []],
  'watches.change': [(store, stranger, { connection }) => store.watches.change(stranger, connection.id, { paused: true }), undefined],
  'watches.requestCheck': [(store, stranger, { connection }) => store.watches.requestCheck(stranger, connection.id), undefined],
  'watches.setEventSecret': [(store, stranger, { connection }) => store.watches.setEventSecret(stranger, connection.id, new Uint8Array(32)), undefined],
  'watches.receiveEvent': [
    (store, stranger, { connection }, now) => store.watches.receiveEvent(stranger, connection.id, { eventId: 'x', action: 'push', repository: 'x', occurredAt: now }),
    false,
  ],
  'watches.countEvents': [(store, stranger, { connection }) => store.watches.countEvents(stranger, connection.id, new Date(0)), 0],
  'scans.request': [
    (store, stranger, { image }) =>
      store.scans.request({ organizationId: stranger, trackedImageId: image.id, trigger: 'user', requestedBy: 'x' }).catch((error: Error) => error.name),
    'NotFoundError',
  ],
  'scans.find': [(store, stranger, { scan }) => store.scans.find(stranger, scan.id), undefined],
  'scans.list': [(store, stranger, { scan }) => store.scans.list(stranger, { ids: [scan.id] }, page), empty],
  'scans.latestOf': [(store, stranger, { image }) => store.scans.latestOf(stranger, [image.id]), new Map()],
  'scans.countByState': [(store, stranger, { connection }) => store.scans.countByState(stranger, connection.id), noScans],
  'scans.latestTotals': [(store, stranger, { connection }) => store.scans.latestTotals(stranger, connection.id), { states: noScans, bytesDone: 0, bytesTotal: 0, runningBytesDone: 0 }],
  'scans.imagesFailedLast': [(store, stranger) => store.scans.imagesFailedLast(stranger, undefined, 10), []],
  'scans.cancelAll': [(store, stranger, { connection }) => store.scans.cancelAll(stranger, connection.id), []],
  'scans.aheadOf': [(store, stranger, { active }) => store.scans.aheadOf(stranger, [active.id]), new Map()],
  'scans.typicalWait': [(store, stranger) => store.scans.typicalWait(stranger), undefined],
  'scanPauses.current': [(store, stranger) => store.scanPauses.current(stranger), undefined],
  'scanPauses.resume': [(store, stranger) => store.scanPauses.resume({ organizationId: stranger, userId: 'x', userName: 'X' }), undefined],
  'scans.cancel': [(store, stranger, { active }) => store.scans.cancel(stranger, active.id), undefined],
  'contents.find': [(store, stranger, { contentId }) => store.contents.find(stranger, contentId), undefined],
  'contents.findMany': [(store, stranger, { contentId }) => store.contents.findMany(stranger, [contentId]), []],
  'contents.findByDigest': [(store, stranger, { digest }) => store.contents.findByDigest(stranger, digest, 'dpkg@1'), undefined],
  'contents.layers': [(store, stranger, { contentId }) => store.contents.layers(stranger, contentId), []],
  'contents.components': [(store, stranger, { contentId }) => store.contents.components(stranger, contentId, {}, page), empty],
  'contents.findingsByComponent': [(store, stranger, { contentId }) => store.contents.findingsByComponent(stranger, contentId), []],
  'contents.findingsByLayer': [(store, stranger, { contentId }) => store.contents.findingsByLayer(stranger, contentId), []],
  'contents.countComponents': [(store, stranger, { contentId }) => store.contents.countComponents(stranger, contentId, {}), 0],
  'contents.countByEcosystem': [(store, stranger, { contentId }) => store.contents.countByEcosystem(stranger, contentId), []],
  'contents.findComponents': [(store, stranger, { contentId }) => store.contents.findComponents(stranger, contentId, scanResult().components.map(({ id }) => id)), []],
  'contents.countByLicence': [(store, stranger, { contentId }) => store.contents.countByLicence(stranger, contentId), []],
  'packages.search': [(store, stranger) => store.packages.search(stranger, { name: 'bash', limit: 10 }), []],
  'packages.spreads': [(store, stranger) => store.packages.spreads(stranger, [bash]), []],
  'packages.countImages': [(store, stranger) => store.packages.countImages(stranger, [bash]), []],
  'packages.findingCounts': [(store, stranger) => store.packages.findingCounts(stranger, [bash]), []],
  'packages.places': [(store, stranger) => store.packages.places(stranger, bash, page), empty],
  'fixes.list': [(store, stranger) => store.fixes.list(stranger, { limit: 5 }), []],
  'fixes.bases': [(store, stranger) => store.fixes.bases(stranger, { limit: 5 }), []],
  'findings.countByAge': [async (store, stranger, _, now) => (await store.findings.countByAge(stranger, {}, now))[0]?.counts, noFindings],
  'images.countByCoverage': [async (store, stranger, _, now) => (await store.images.countByCoverage(stranger, now)).failed, 0],
  'images.coverageOf': [(store, stranger, { image }, now) => store.images.coverageOf(stranger, [image.id], now), new Map()],
  'projectFindingDays.list': [(store, stranger, { projectId }) => store.projectFindingDays.list(stranger, { projectId, since: '' }), []],
  'comparisons.components': [(store, stranger, owned) => store.comparisons.components(stranger, pairOf(owned)), { from: [], to: [], unchangedCount: 0 }],
  'comparisons.counts': [async (store, stranger, owned) => (await store.comparisons.counts(stranger, pairOf(owned))).introduced.exploitedCount, 0],
  'comparisons.list': [(store, stranger, owned) => store.comparisons.list(stranger, pairOf(owned), {}, page), empty],
  'comparisons.count': [(store, stranger, owned) => store.comparisons.count(stranger, pairOf(owned), {}), 0],
  'comparisons.byPackage': [(store, stranger, owned) => store.comparisons.byPackage(stranger, pairOf(owned)), []],
  'findingDays.list': [(store, stranger) => store.findingDays.list(stranger, '2000-01-01'), []],
  'savedViews.list': [(store, stranger) => store.savedViews.list(stranger), []],
  'savedViews.delete': [(store, stranger, { view }) => store.savedViews.delete(stranger, view.id), false],
  'findings.matchingsOf': [(store, stranger, { contentId }) => store.findings.matchingsOf(stranger, [contentId]), new Map()],
  'findings.fixableOf': [(store, stranger, { contentId }) => store.findings.fixableOf(stranger, [contentId]), new Map()],
  'findings.list': [(store, stranger, { image }) => store.findings.list(stranger, { imageId: image.id }, 'importance', page), empty],
  'findings.find': [(store, stranger, { image }) => store.findings.find(stranger, { imageId: image.id, position: 4, vulnerability: 'CVE-2029-2' }), undefined],
  'findings.details': [(store, stranger) => store.findings.details(stranger, matching().findings.map(({ fingerprint }) => fingerprint)), new Map()],
  'findings.evidenceOf': [(store, stranger, { contentId }) => store.findings.evidenceOf(stranger, contentId), []],
  'findings.count': [(store, stranger) => store.findings.count(stranger, {}), { count: 0, exact: true }],
  'findings.countBySeverity': [(store, stranger) => store.findings.countBySeverity(stranger, {}), { counts: noFindings, exploitedCount: 0, fixableCount: 0 }],
  'findings.groups': [(store, stranger) => store.findings.groups(stranger, 'vulnerability', {}, page), empty],
  'findings.resolveIdentifier': [(store, stranger) => store.findings.resolveIdentifier(stranger, 'CVE-2029-2'), []],
  'findings.detailsOf': [(store, stranger) => store.findings.detailsOf(stranger, 'CVE-2029-2'), []],
  'triage.targets': [(store, stranger) => store.triage.targets(stranger, {}, 'image', 10), []],
  'triage.preview': [(store, stranger) => store.triage.preview(stranger, {}, 'image', 10), { decisionCount: 0, decidedCount: 0 }],
  'triage.withdrawBatch': [(store, stranger, { batchId }) => store.triage.withdrawBatch(stranger, batchId), 0],
  'scanLogs.read': [(store, stranger, { scan }) => store.scanLogs.read(stranger, scan.id, 0), []],
  'triage.list': [(store, stranger) => store.triage.list(stranger, {}, page), empty],
  'triage.counting': [
    (store, stranger, { image }) => store.triage.counting(stranger, [{ imageId: image.id, vulnerability: 'CVE-2029-1', packageKey: 'pkg:deb/debian/bash' }]),
    [undefined],
  ],
  'triage.withdraw': [(store, stranger, { decided }) => store.triage.withdraw(stranger, [decided]), []],
  'vex.put': [async (store, stranger) => (await store.vex.put(stranger, document())).outcome, 'added'],
  'vex.find': [(store, stranger, { vexId }) => store.vex.find(stranger, vexId), undefined],
  'vex.findMany': [(store, stranger, { vexId }) => store.vex.findMany(stranger, [vexId]), []],
  'vex.list': [(store, stranger) => store.vex.list(stranger, {}, page), empty],
  'vex.statements': [(store, stranger, { vexId }) => store.vex.statements(stranger, vexId, {}, page), empty],
  'vex.effects': [(store, stranger, { vexId }) => store.vex.effects(stranger, [vexId]), new Map()],
  'vex.verdictsOf': [(store, stranger, { image, contentId }) => store.vex.verdictsOf(stranger, [{ imageId: image.id, contentId, position: 4, vulnerability: 'CVE-2029-3' }]), [undefined]],
  'vex.hiddenOf': [(store, stranger, { image }) => store.vex.hiddenOf(stranger, [image.id]), new Map()],
  'vex.countBehind': [(store, stranger) => store.vex.countBehind(stranger), 0],
  'vex.trusts': [(store, stranger) => store.vex.trusts(stranger), []],
  'vex.setTrust': [(store, stranger, { connection }) => store.vex.setTrust(stranger, connection.id, 'x'), false],
  'vex.replaceFromAddress': [(store, stranger, { vexId }, now) => store.vex.replaceFromAddress(stranger, vexId, document(), { nextCheckAt: now, validators: {} }), undefined],
  'vex.delete': [(store, stranger, { vexId }) => store.vex.delete(stranger, vexId), false],
  'findings.events': [(store, stranger, { image }) => store.findings.events(stranger, { imageId: image.id }, page), empty],
  'findings.replace': [(store, stranger, { contentId }) => store.findings.replace(stranger, contentId, matching()), false],
  'contents.readCatalogue': [(store, stranger, { contentId }) => store.contents.readCatalogue(stranger, contentId), undefined],
};

/** Methods that name no organisation: of the installation, or called by workers with ids they got from it. */
const withoutOrganization = new Set([
  'organizations.ensureDefault',
  'organizations.find',
  'accessTokens.create',
  'accessTokens.findByHash',
  'accessTokens.markUsed',
  'drafts.save',
  'drafts.deleteExpired',
  'connections.connect',
  'scans.unfinished',
  'scanPauses.pause',
  'scanPauses.holds',
  'watches.eventSecretOf',
  'watches.ensureAll',
  'watches.nextDueAt',
  'watches.claim',
  'watches.renew',
  'watches.finish',
  'watches.release',
  'watches.deleteEventsBefore',
  'scans.begin',
  'scans.recordProgress',
  'scans.fail',
  'scans.requeue',
  'scans.complete',
  'scans.completeFromContent',
  'scanLogs.append',
  'scanLogs.deleteBefore',
  'triage.decide',
  'triage.endDue',
  'vex.dueAddresses',
  'vex.recordCheck',
  'vex.dueReadings',
  'vex.recordReading',
  'vex.behind',
  'vex.candidates',
  'vex.readStatements',
  'vex.apply',
  'rematches.behind',
  'rematches.next',
  'rematches.groups',
  'rematches.compared',
  'rematches.write',
  'rematches.passOver',
  'rematches.vulnerabilities',
  'rematches.setExploitation',
  'rematches.supportFacts',
  'rematches.setNotices',
  'advisorySources.want',
  'advisorySources.list',
  'advisorySources.due',
  'advisorySources.packageNames',
  'advisorySources.requestNow',
  'advisorySources.recordProgress',
  'advisorySources.recordSuccess',
  'advisorySources.recordFailure',
  'leases.take',
  'leases.release',
  'findingDays.record',
  'projectFindingDays.recordAll',
  'savedViews.save',
  'facts.read',
  'facts.write',
]);

/** That nobody reads or changes what belongs to another organisation. */
export function testIsolation(open: () => TestStore): void {
  test('every method of every repository is in one of the two tables', () => {
    const methods = Object.entries(open().store)
      .filter(([name, repository]) => typeof repository === 'object' && name !== 'drizzle')
      .flatMap(([name, repository]) => Object.keys(repository).map((method) => `${name}.${method}`));
    expect(methods.toSorted()).toEqual([...Object.keys(strangerGets), ...withoutOrganization].toSorted());
  });

  const answersNothing = /\.(?:recordVerification|recordVerificationProgress|resumeScanning)$/;

  describe('a stranger gets nothing and changes nothing', () => {
    for (const [method, [call, nothing]] of Object.entries(strangerGets)) {
      test(`${method}`, async () => {
        const { store, clock } = open();
        const owned = await ownedRows(open());
        const { organizationId } = owned;
        const snapshot = async () => [
          await store.accessTokens.list(organizationId, 'user-1'),
          await store.savedViews.list(organizationId),
          await store.vex.list(organizationId, {}, page),
          await store.vex.trusts(organizationId),
          await store.findingDays.list(organizationId, ''),
          await store.drafts.find(organizationId, owned.draft.id, clock.now()),
          await store.drafts.readSecrets(organizationId, owned.draft.id),
          await store.connections.list(organizationId, page),
          await store.connections.readSecrets(organizationId, owned.connection.id),
          await store.scans.list(organizationId, {}, page),
          await store.images.list(organizationId, {}, page),
        ];
        const before = await snapshot();
        expect(await call(store, await createOrganization(open()), owned, clock.now())).toEqual(nothing);
        expect(await snapshot()).toEqual(before);
        // The same call by the owner does something, so that the row above means what it says.
        expect(await call(store, organizationId, owned, clock.now())).not.toEqual(answersNothing.test(method) ? 'never' : nothing);
      });
    }
  });
}
