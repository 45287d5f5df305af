import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type ComponentMatcher, createComponentMatcher, match } from '@esscm/scan-engine';
import { beginWords, catalogueWords, failureWords, type LogWords, matchWords, scanResult } from '@esscm/scanner';
import { openDatabase, openStore, openVault, type OpenStore, type ScanRecord, type ScanStage, recordFindingDay } from '@esscm/store';
import { type ImportedPath, importPaths, sourceTerms } from '@esscm/vulnerabilities';
import type { Environment } from '../environment.js';
import { CommandError } from '../exit-codes.js';
import { demoCatalogue, demoDigest } from './demo-catalogue.js';
import { demoFolder, readDemoPackages, type DemoPackages } from './demo-packages.js';
import { demoPlan, type DemoConnection, type DemoImage } from './demo-plan.js';

const dayMs = 86_400_000;
const days = 14;
const advisories = ['AlmaLinux.zip', 'Maven.zip', 'npm.zip', 'PyPI.zip', 'Go.zip', 'known_exploited_vulnerabilities.json'];

interface SeedOptions {
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** What was made. */
export interface SeededDemo {
  readonly connections: number;
  readonly images: number;
  readonly findings: number;
}

interface Seeding {
  readonly store: OpenStore;
  readonly matcher: Pick<ComponentMatcher, 'match'>;
  readonly packages: DemoPackages;
  readonly organizationId: string;
  /** The store's clock, so that two weeks pass in a minute. */
  readonly clock: { now: Date };
}

/**
 * Fills an empty installation with two weeks of a company's life. Everything is written through the store as the scanner writes it.
 * @throws CommandError when there are connections already
 */
export async function seedDemo({ environment, signal, onProgress }: SeedOptions): Promise<SeededDemo> {
  const dataFolder = resolve(environment.dataFolder);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const advisoryFolder = join(dataFolder, 'advisories');
  const end = new Date();
  const clock = { now: new Date(end.getTime() - days * dayMs) };
  const vault = await openVault({ keyFile: join(dataFolder, 'master.key'), ...(environment.masterKey !== undefined && { masterKey: environment.masterKey }) });
  await using database = asDisposable(await openDatabase({ dataFolder, ...(environment.databaseUrl !== undefined && { databaseUrl: environment.databaseUrl }) }));
  const store = await openStore({ database: database.value, vault, clock: { now: () => clock.now } });
  const { id: organizationId } = await store.organizations.ensureDefault();
  if ((await store.connections.list(organizationId, { first: 1 })).items.length > 0) {
    throw new CommandError('This installation has connections already; the demonstration would mix with them.', { remedy: 'Give an empty data folder in ESSCM_DATA_DIR.' });
  }
  const imported = await importPaths(advisoryFolder, advisories.map((name) => join(demoFolder, name)), { signal, now: end.toISOString() });
  await using matcher = createComponentMatcher({ folder: advisoryFolder });
  const seeding = { store, matcher, packages: readDemoPackages(), organizationId, clock };
  const plan = demoPlan();
  const total = plan.reduce((sum, { images }) => sum + images.length, 0);
  let done = 0;
  for (const connection of plan) {
    const { scans } = await connect(seeding, connection);
    for (const [index, image] of connection.images.entries()) {
      signal.throwIfAborted();
      const scan = scans[index];
      if (scan !== undefined) await runScan(seeding, scan, image, connection.host);
      done += 1;
      onProgress(done, total);
    }
  }
  await liveTwoWeeks(seeding, plan, end);
  clock.now = end;
  await recordSources(store, imported, end);
  // The embedded database looks after its statistics when it is idle; this one is closed before that.
  await database.value.pool.query('analyze');
  const { counts } = await store.findings.countBySeverity(organizationId, {});
  return { connections: plan.length, images: total, findings: Object.values(counts).reduce((sum, count) => sum + count, 0) };
}

/** What the page of advisory sources says: those of the demonstration are there, two that its images would need are not. */
async function recordSources(store: OpenStore, imported: readonly ImportedPath[], now: Date): Promise<void> {
  const nextAttemptAt = new Date(now.getTime() + dayMs);
  await store.advisorySources.want([...imported.map(({ source }) => sourceOf(source)), 'Debian', 'Alpine']);
  for (const { source, counts, entries } of imported) {
    const feed = { name: source, location: 'demonstration', ...sourceTerms(source), importedAt: now.toISOString(), newestRecord: counts?.newestRecord ?? '', records: counts?.records ?? entries ?? 0, refused: counts?.refused ?? 0 };
    await store.advisorySources.recordSuccess(sourceOf(source), { feeds: [feed], nextAttemptAt });
  }
  for (const name of ['Debian', 'Alpine']) {
    await store.advisorySources.recordFailure(name, { failure: { code: 'updates-off', message: 'The demonstration holds no advisories of this distribution.', remedy: 'Serve without ESSCM_ADVISORY_UPDATES=off to fetch them.' }, nextAttemptAt });
  }
}

function sourceOf(name: string): string {
  return name === 'kev' ? 'exploitation' : name;
}

function connect({ store, organizationId }: Seeding, { name, description, variant, region, host, images }: DemoConnection) {
  const secret = variant === 'private';
  return store.connections.connect({
    organizationId,
    requestedBy: 'demo',
    pluginId: 'ecr',
    variantId: variant,
    ...(secret && { credentialKindId: 'access-key' }),
    name,
    description,
    settings: secret ? { region } : {},
    credentialHint: secret ? `AKIA…DEMO in ${region}` : '',
    // No key of anyone: a connection of the demonstration reaches no registry.
    secrets: secret ? { accessKeyId: 'AKIADEMODEMODEMODEMO', secretAccessKey: 'demo/demo/demo/demo/demo/demo/demo/demo/1' } : {},
    sample: false,
    images: images.map((image) => ({ name: `${host}/${image.repository}`, repository: image.repository, tag: image.tag, projectName: image.projectName, projectVersion: image.projectVersion })),
  });
}

/** One scan from begin to end, as its plan says; a few seconds pass. */
async function runScan(seeding: Seeding, scan: ScanRecord, image: DemoImage, host: string): Promise<void> {
  const { store, organizationId, clock } = seeding;
  if (image.outcome === 'not-scanned') {
    await store.scans.cancel(organizationId, scan.id);
    return;
  }
  await store.scans.begin(scan.id);
  if (image.outcome === 'failed') {
    await failScan(seeding, scan.id, image, host, 1);
    return;
  }
  const started = clock.now;
  await completeScan(seeding, scan.id, image, host, started);
  if (image.outcome !== 'failed-again') return;
  const again = await store.scans.request({ organizationId, trackedImageId: scan.trackedImageId, trigger: 'user', requestedBy: 'demo' });
  await store.scans.begin(again.id);
  await failScan(seeding, again.id, image, host, 2);
}

async function failScan(seeding: Seeding, scanId: string, image: DemoImage, host: string, layersDone: number): Promise<void> {
  const { store, clock } = seeding;
  await store.scans.recordProgress(scanId, 'pull', progressOf(seeding, 3, layersDone));
  clock.now = new Date(clock.now.getTime() + 1_400 + (image.number % 20) * 110);
  await writeLog(seeding, scanId, 'pull', [beginWords({ name: `${host}/${image.repository}`, tag: image.tag }, 1), [`${layersDone} of 3 layers read`], failureWords(accessDenied, false)]);
  await store.scans.fail(scanId, accessDenied);
}

async function writeLog({ store, clock }: Seeding, scanId: string, stage: ScanStage, lines: readonly LogWords[]): Promise<void> {
  await store.scanLogs.append(scanId, lines.map(([text, level = 'info']) => ({ at: clock.now, attempt: 1, level, stage, text })));
}

async function completeScan(seeding: Seeding, scanId: string, image: DemoImage, host: string, started: Date): Promise<void> {
  const { store, matcher, packages, clock } = seeding;
  const catalogue = demoCatalogue(packages, image, host);
  const { layers } = catalogue.image;
  const bytes = layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const stages = (['resolve', 'pull', 'catalogue', 'match', 'store'] as const).map((stage, index) => ({
    stage,
    startedAt: new Date(started.getTime() + index * 900).toISOString(),
    endedAt: new Date(started.getTime() + (index + 1) * 900).toISOString(),
  }));
  const matching = await match(catalogue, matcher);
  clock.now = new Date(started.getTime() + 4_500 + (image.number % 20) * 130);
  await store.scans.recordProgress(scanId, 'store', { layersDone: layers.length, layersTotal: layers.length, layersCached: 1, bytesDone: bytes, bytesTotal: bytes, stages });
  await writeLog(seeding, scanId, 'match', [beginWords({ name: `${host}/${image.repository}`, tag: image.tag }, 1), ...catalogueWords({ catalogue }), ...matchWords(matching)]);
  await store.scans.complete(
    scanId,
    scanResult({ kind: 'catalogued', catalogue, digest: demoDigest(image, host), mediaType: 'application/vnd.oci.image.manifest.v1+json', sizeBytes: bytes, catalogueVersion: 'demo', matching }),
  );
}

/** Each day some images are built anew with newer libraries, and what there is in the evening is put on record. */
async function liveTwoWeeks(seeding: Seeding, plan: readonly DemoConnection[], end: Date): Promise<void> {
  const { store, organizationId, clock } = seeding;
  const all = plan.flatMap(({ images, host }) => images.map((image) => ({ image, host })));
  for (let day = days; day >= 0; day -= 1) {
    const evening = new Date(end.getTime() - day * dayMs);
    clock.now = new Date(Math.max(clock.now.getTime(), evening.getTime() - 3 * 3_600_000));
    for (const { image, host } of all.filter(({ image: { number, outcome, generation } }) => outcome === 'succeeded' && generation < 3 && number % 45 === day)) {
      const [tracked] = (await store.images.list(organizationId, { name: `${host}/${image.repository}`, search: image.tag }, { first: 1 })).items;
      if (tracked === undefined) continue;
      const scan = await store.scans.request({ organizationId, trackedImageId: tracked.id, trigger: 'user', requestedBy: 'demo' });
      await store.scans.begin(scan.id);
      await completeScan(seeding, scan.id, { ...image, generation: image.generation + 1 }, host, clock.now);
    }
    await recordFindingDay(store, organizationId, evening);
  }
}

const accessDenied = {
  code: 'access-denied',
  heading: 'Access denied',
  message: 'user/esscm-ecr-read may not call ecr:GetDownloadUrlForLayer on this repository: its policy denies it. Adding an IAM permission will not help.',
  remedy: 'The owner of the repository has to remove the deny.',
  upstreamCode: 'AccessDeniedException',
  retryable: false,
} as const;

function progressOf({ clock }: Seeding, layersTotal: number, layersDone: number) {
  const startedAt = clock.now.toISOString();
  const endedAt = new Date(clock.now.getTime() + 700).toISOString();
  return { layersDone, layersTotal, layersCached: 0, bytesDone: layersDone * 9_000_000, bytesTotal: layersTotal * 20_000_000, stages: [{ stage: 'resolve' as const, startedAt, endedAt }, { stage: 'pull' as const, startedAt: endedAt }] };
}

/** The database closes when the block ends, however it ends. */
function asDisposable<Value extends { close(): Promise<void> }>(value: Value) {
  return { value, [Symbol.asyncDispose]: () => value.close() };
}
