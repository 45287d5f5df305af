import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJobs, scanChangeTopic, type Jobs } from '@esscm/jobs';
import type { Digest } from '@esscm/oci-client';
import { PluginRegistry, Secret, type PluginHost, type RegistryConnection, type RegistryPlugin } from '@esscm/registry-core';
import type { Catalogue } from '@esscm/sbom';
import { match, matcherVersion, type ComponentMatcher, type MatchOutcome, type ScanEngine, type ScanOutcome } from '@esscm/scan-engine';
import { openDatabase, openStore, openVault, type ConnectImage, type Database, type OpenStore, type ScanRecord } from '@esscm/store';
import { pino, type Logger } from 'pino';
import { scanResult } from './results/scan-result.js';
import { startScanner, type RunningScanner } from './scanner.js';

export const digest: Digest = `sha256:${'1'.repeat(64)}`;
export const secret = 'planted-secret-value';

/** A plugin whose registry is never reached, because the engine of these tests pulls nothing. */
export class FakePlugin implements RegistryPlugin {
  readonly seen: string[] = [];
  pullAccess: RegistryConnection['pullAccess'] = () =>
    Promise.resolve({ host: 'registry.example', authentication: { kind: 'basic', encoded: new Secret('dXNlcjpwYXNz') } });

  explainPullFailure: RegistryConnection['explainPullFailure'] = () => undefined;

  get description(): RegistryPlugin['description'] {
    return { id: 'fake', name: 'Fake', summary: '', icon: '', variants: [], documentation: [] };
  }

  configure({ variantId, credentialKindId, values }: Parameters<RegistryPlugin['configure']>[0]) {
    this.seen.push(`configure ${variantId} ${credentialKindId} ${JSON.stringify(values)}`);
    return { variantId, settings: {}, secrets: {}, hint: '' };
  }

  parseReference(): never {
    throw new Error('scans do not read references');
  }

  connect(): RegistryConnection {
    const unused = (): never => {
      throw new Error('scans do not list');
    };
    return {
      verify: unused,
      listRepositories: unused,
      listImages: unused,
      pullAccess: (repository, options) => {
        this.seen.push(`pullAccess ${repository}`);
        return this.pullAccess(repository, options);
      },
      explainPullFailure: (error, target) => this.explainPullFailure(error, target),
      [Symbol.asyncDispose]: () => {
        this.seen.push('disposed');
        return Promise.resolve();
      },
    };
  }
}

export function catalogued(changes: Partial<Catalogue> = {}): Extract<ScanOutcome, { kind: 'catalogued' }> {
  return {
    kind: 'catalogued',
    digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    sizeBytes: 1000,
    catalogueVersion: 'dpkg@1',
    catalogue: {
      formatVersion: 1,
      image: {
        name: 'registry.example/shop',
        tag: 'v1',
        digest,
        platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
        labels: {},
        layers: [{ digest, diffId: digest, mediaType: 'application/vnd.oci.image.layer.v1.tar', sizeBytes: 1000, createdBy: 'COPY . /' }],
      },
      distribution: { id: 'debian', idLike: [], prettyName: 'Debian 13' },
      components: [
        {
          id: 'pkg:deb/debian/bash@5.2',
          ecosystem: 'deb',
          name: 'bash',
          version: '5.2',
          packageUrl: 'pkg:deb/debian/bash@5.2',
          source: { name: 'bash-source', version: '5' },
          licences: [],
          locations: [{ path: '/var/lib/dpkg/status', layerDiffId: digest, layerIndex: 0 }],
          cataloguer: 'dpkg',
        },
      ],
      relationships: [],
      diagnostics: [],
      cataloguers: [{ name: 'dpkg', version: 1 }],
      ...changes,
    },
  };
}

type MatchInput = Parameters<ComponentMatcher['match']>[0];

/** One finding in the component of {@link catalogued}. */
export function matchOutcome(changes: Partial<MatchOutcome> = {}): MatchOutcome {
  return {
    state: 'matched',
    revision: 'first',
    heldRevision: 'first',
    advisoriesAt: '2026-11-23T06:00:00.000Z',
    matcherVersion,
    notices: [],
    missingEcosystems: [],
    neededEcosystems: [],
    suppressedCount: 0,
    findings: [
      {
        componentId: 'pkg:deb/debian/bash@5.2',
        vulnerability: 'CVE-2026-1',
        packageKey: 'pkg:deb/debian/bash',
        severity: 'high',
        ransomware: false,
        fixState: 'unfixed',
        class: 'vulnerability',
        hidden: false,
        confidence: 'high',
        fingerprint: 'one',
        detail: { summary: 'a hole', identifiers: ['CVE-2026-1'], ratings: [], alsoFixedIn: [], evidence: [], notes: [] },
      },
    ],
    ...changes,
  };
}

const host: PluginHost = { clock: { now: () => new Date() }, operatorSettings: {}, privateNetworks: [] };

/** A real store and a real queue in a folder of their own, with an engine and a plugin that do what a test says. */
export class ScannerFixture {
  readonly plugin = new FakePlugin();
  readonly logged: string[] = [];
  readonly changes: { readonly scanId: string; readonly sequence: number }[] = [];
  readonly #folder: string;
  readonly #database: Database;
  readonly store: OpenStore;
  readonly jobs: Jobs;
  readonly organizationId: string;
  readonly #waiting = new Set<() => void>();
  engine: ScanEngine['scan'] = () => Promise.resolve(catalogued());
  /** Of the advisories that a test says are at hand. */
  revision = 'first';
  readonly matched: MatchInput[] = [];
  readonly missing: string[] = [];
  matcher: Pick<ComponentMatcher, 'match' | 'held'> = {
    match: (input) => {
      this.matched.push(input);
      return Promise.resolve(matchOutcome({ revision: this.revision, heldRevision: this.revision }));
    },
    held: () => Promise.resolve({ revision: this.revision }),
  };

  constructor(folder: string, database: Database, store: OpenStore, jobs: Jobs, organizationId: string) {
    this.#folder = folder;
    this.#database = database;
    this.store = store;
    this.jobs = jobs;
    this.organizationId = organizationId;
  }

  static async open(): Promise<ScannerFixture> {
    const folder = await mkdtemp(join(tmpdir(), 'scanner-'));
    const database = await openDatabase({ dataFolder: folder });
    const store = await openStore({ database, vault: await openVault({ masterKey: randomBytes(32).toString('hex'), keyFile: '' }) });
    const jobs = await openJobs({ database, settings: { attempts: 2, retryDelayMs: 1 } });
    const organization = await store.organizations.ensureDefault();
    const fixture = new ScannerFixture(folder, database, store, jobs, organization.id);
    await jobs.events.subscribe(scanChangeTopic, (payload) => {
      fixture.changes.push(payload as { scanId: string; sequence: number });
      for (const wake of fixture.#waiting) wake();
    });
    return fixture;
  }

  /** Connects an image and stores what a scan of it gave, held against the matcher's advisories. @returns the id of its content */
  async connectScanned(outcome: ReturnType<typeof catalogued>, matcher: Pick<ComponentMatcher, 'match'>): Promise<string> {
    const scan = await this.connect();
    const completed = await this.store.scans.complete(scan.id, scanResult({ ...outcome, matching: await match(outcome.catalogue, matcher) }));
    if (completed?.contentId === undefined) throw new Error('no content');
    return completed.contentId;
  }

  async connect(changes: Partial<ConnectImage> = {}): Promise<ScanRecord> {
    const { scans } = await this.store.connections.connect({
      organizationId: this.organizationId,
      requestedBy: 'user',
      pluginId: 'fake',
      variantId: 'private',
      credentialKindId: 'key',
      name: randomBytes(8).toString('hex'),
      description: '',
      settings: { region: 'eu' },
      credentialHint: '',
      secrets: { key: secret },
      sample: false,
      images: [{ name: 'registry.example/shop', repository: 'shop', tag: 'v1', projectName: 'Shop', projectVersion: '1', ...changes }],
    });
    const [scan] = scans;
    if (scan === undefined) throw new Error('no scan');
    return scan;
  }

  log(): Logger {
    return pino({ level: 'debug' }, { write: (line) => this.logged.push(line) });
  }

  start(): Promise<RunningScanner> {
    return startScanner({
      store: this.store,
      jobs: this.jobs,
      plugins: new PluginRegistry([this.plugin]),
      host: () => host,
      engine: { scan: (request) => this.engine(request) },
      onStored: () => Promise.resolve(),
      onAdvisoriesNeeded: (ecosystems) => Promise.resolve(void this.missing.push(...ecosystems)),
      matcher: { match: (input) => this.matcher.match(input), held: () => this.matcher.held() },
      concurrency: 2,
      log: this.log(),
    });
  }

  /** Resolves with the scan's row once it is as asked. Woken by the scanner's announcements. */
  async until(scanId: string, isSo: (scan: ScanRecord) => boolean): Promise<ScanRecord> {
    for (;;) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.add(resolve);
      const scan = await this.store.scans.find(this.organizationId, scanId);
      if (scan !== undefined && isSo(scan)) return scan;
      await promise;
      this.#waiting.delete(resolve);
    }
  }

  /** Empties a table, for tests that share a database. */
  async empty(table: 'advisory_sources'): Promise<void> {
    await this.#database.pool.query(`truncate esscm.${table}`);
  }

  async close(): Promise<void> {
    await this.jobs.close();
    await this.#database.close();
    await rm(this.#folder, { recursive: true });
  }
}
