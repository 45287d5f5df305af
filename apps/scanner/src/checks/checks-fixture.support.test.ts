import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJobs, type Jobs } from '@esscm/jobs';
import { type ListOptions, PluginRegistry, type RegistryCapabilities, type RegistryConnection, RegistryError, type RegistryImage, type RegistryPlugin } from '@esscm/registry-core';
import type { SelectionRule } from '@esscm/selection';
import { type CheckRecord, type ConnectImage, type Database, openDatabase, openStore, openVault, type OpenStore, type PlatformChoice, type TrackedImageRecord } from '@esscm/store';
import { pino } from 'pino';
import { checkConnection } from './check-connection.js';
import { startChecks, type RunningChecks } from './start-checks.js';

export const registryHost = 'registry.example';
export const digest = (letter: string) => `sha256:${letter.repeat(64)}` as const;

/** A registry in memory: repositories with their images, and what goes wrong. */
export class FakeRegistry implements RegistryPlugin {
  readonly repositories = new Map<string, readonly RegistryImage[]>();
  readonly calls: string[] = [];
  readonly faults = new Map<string, RegistryError>();
  capabilities: RegistryCapabilities = { anonymous: false, listRepositories: true, listTags: true, imageMetadata: true, referrers: false, pushEvents: true };
  pullAccess: RegistryConnection['pullAccess'] = () => Promise.reject(new Error('nothing is pulled'));
  /** Names begin with their host. */
  several = false;
  /** Called with each listing, before it is answered. */
  onCall: (call: string) => Promise<void> = () => Promise.resolve();

  get description(): RegistryPlugin['description'] {
    const variant = { id: 'private', name: 'Private', summary: '', capabilities: this.capabilities, credentialKinds: [], referencePlaceholder: '', permissions: [] };
    return { id: 'fake', name: 'Fake', summary: '', icon: '', variants: [variant], documentation: [] };
  }

  configure({ variantId }: Parameters<RegistryPlugin['configure']>[0]) {
    return { variantId, settings: {}, secrets: {}, hint: '' };
  }

  parseReference(): never {
    throw new Error('checks do not read references');
  }

  connect(): RegistryConnection {
    const open = new AbortController();
    const whileOpen = (options: ListOptions): ListOptions => ({ ...options, signal: AbortSignal.any([options.signal, open.signal]) });
    return {
      verify: () => Promise.reject(new Error('checks do not verify')),
      listRepositories: (options) => this.#list('repositories', () => [...this.repositories.keys()].map((name) => ({ name, uri: this.several ? name : `${registryHost}/${name}` })), whileOpen(options)),
      listImages: (repository, options) => {
        const images = this.repositories.get(repository);
        if (images === undefined) this.faults.set(repository, new RegistryError({ kind: 'not-found', heading: 'Repository not found', message: 'Gone.' }));
        return this.#list(repository, () => images ?? [], whileOpen(options));
      },
      pullAccess: (repository, options) => this.pullAccess(repository, options),
      explainPullFailure: () => undefined,
      [Symbol.asyncDispose]: async () => open.abort(new Error('the connection was disposed')),
    };
  }

  async *#list<T>(call: string, page: () => readonly T[], { signal, meter }: ListOptions): AsyncGenerator<readonly T[], void, undefined> {
    await meter?.turn(signal);
    this.calls.push(call);
    await this.onCall(call);
    meter?.made(1);
    signal.throwIfAborted();
    const fault = this.faults.get(call);
    if (fault !== undefined) throw fault;
    yield page();
  }

  /** The images of a repository, each written as `a 1.0 latest`: a digest of this letter, then its tags; pushed in this order. */
  push(repository: string, ...images: readonly string[]): void {
    this.faults.delete(repository);
    this.repositories.set(
      repository,
      images.map((text, index): RegistryImage => {
        const [letter = '', ...tags] = text.split(' ');
        return { digest: digest(letter), tags, pushedAt: new Date(Date.UTC(2026, 0, 1 + index)), sizeBytes: 1000, kind: letter === 'f' ? 'index' : 'image', status: 'active' };
      }),
    );
  }
}

/** A real store and queue in a folder of their own, a registry in memory, and checks that run when a test says. */
export class ChecksFixture {
  readonly registry = new FakeRegistry();
  readonly enqueued: string[] = [];
  readonly logged: string[] = [];
  now = new Date('2026-06-01T00:00:00Z');
  readonly #folder: string;
  readonly #database: Database;
  readonly store: OpenStore;
  readonly jobs: Jobs;
  readonly organizationId: string;

  constructor(folder: string, database: Database, open: { readonly store: OpenStore; readonly jobs: Jobs; readonly organizationId: string }) {
    this.#folder = folder;
    this.#database = database;
    this.store = open.store;
    this.jobs = open.jobs;
    this.organizationId = open.organizationId;
  }

  static async open(): Promise<ChecksFixture> {
    const folder = await mkdtemp(join(tmpdir(), 'checks-'));
    const database = await openDatabase({ dataFolder: folder });
    const clock: { now: () => Date } = { now: () => new Date() };
    const store = await openStore({ database, clock, vault: await openVault({ masterKey: randomBytes(32).toString('hex'), keyFile: '' }) });
    const jobs = await openJobs({ database });
    const { id } = await store.organizations.ensureDefault();
    const fixture = new ChecksFixture(folder, database, { store, jobs, organizationId: id });
    clock.now = () => fixture.now;
    return fixture;
  }

  /** Connects, with rules and with images chosen by hand, each written as `repository:tag`. */
  async connect(options: { readonly rules?: readonly SelectionRule[]; readonly images?: readonly string[]; readonly platforms?: PlatformChoice } = {}): Promise<string> {
    const { connection, scans } = await this.store.connections.connect({
      organizationId: this.organizationId,
      requestedBy: 'user',
      pluginId: 'fake',
      variantId: 'private',
      name: randomBytes(8).toString('hex'),
      description: '',
      settings: {},
      credentialHint: '',
      secrets: {},
      sample: false,
      images: (options.images ?? []).map((text): ConnectImage => {
        const [repository = '', tag = ''] = text.split(':');
        return { name: `${registryHost}/${repository}`, repository, tag, projectName: 'Shop', projectVersion: '1' };
      }),
      selections: (options.rules ?? []).map((rule) => ({ rule, naming: { project: '{name}', version: '{tag}-{digest:4}' }, platforms: options.platforms ?? 'default' })),
    });
    // Ended, so that a moved tag gets a scan of its own.
    for (const scan of scans) await this.store.scans.cancel(this.organizationId, scan.id);
    return connection.id;
  }

  /** Claims and runs what is due, an hour and a half later; the record of the check. */
  async check(connectionId: string, { callsPerCheck = 1000, laterMs = 90 * 60_000 } = {}): Promise<CheckRecord> {
    this.now = new Date(this.now.getTime() + laterMs);
    for (;;) {
      const claimed = await this.store.watches.claim('test', 60_000);
      if (claimed === undefined) throw new Error('nothing is due');
      if (claimed.connectionId !== connectionId) continue;
      this.registry.calls.length = 0;
      const outcome = await checkConnection(
        {
          store: this.store,
          plugins: new PluginRegistry([this.registry]),
          host: () => ({ clock: { now: () => this.now }, operatorSettings: {}, privateNetworks: [] }),
          clock: { now: () => this.now },
          log: pino({ level: 'debug' }, { write: (line) => this.logged.push(line) }),
          callsPerCheck,
          random: () => 0.5,
          enqueue: async (scans) => {
            this.enqueued.push(...scans.map(({ id }) => id));
            // As if they had run, so that the next move is scanned again.
            for (const scan of scans) await this.store.scans.cancel(this.organizationId, scan.id);
          },
        },
        claimed,
        AbortSignal.timeout(60_000),
      );
      if (outcome === undefined) throw new Error('there was no outcome');
      await this.store.watches.finish(connectionId, 'test', outcome);
      return outcome.check;
    }
  }

  startChecks(): Promise<RunningChecks> {
    return startChecks({
      store: this.store,
      jobs: this.jobs,
      plugins: new PluginRegistry([this.registry]),
      host: () => ({ clock: { now: () => this.now }, operatorSettings: {}, privateNetworks: [] }),
      clock: { now: () => this.now },
      log: pino({ level: 'debug' }, { write: (line) => this.logged.push(line) }),
    });
  }

  async images(connectionId: string): Promise<readonly TrackedImageRecord[]> {
    return (await this.store.images.list(this.organizationId, { connectionId }, { first: 100 })).items;
  }

  /** Tracked images as `repository:tag`, with a mark for what is gone or released. */
  async tracked(connectionId: string): Promise<readonly string[]> {
    const marked = ({ goneAt, releasedAt }: TrackedImageRecord): string => (goneAt === undefined ? '' : ' gone') + (releasedAt === undefined ? '' : ' released');
    return (await this.images(connectionId)).map((image) => `${image.repository}:${image.tag ?? ''}${image.platform === undefined ? '' : ` ${image.platform}`}${marked(image)}`);
  }

  async close(): Promise<void> {
    await this.jobs.close();
    await this.#database.close();
    await rm(this.#folder, { recursive: true });
  }
}
