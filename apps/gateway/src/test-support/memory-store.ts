import {
  type AccessTokenRecord,
  type ConnectImage,
  type ConnectionDraftRecord,
  type ConnectionRecord,
  type ConnectResult,
  type FindingDayRecord,
  NameTakenError,
  type PlainSecrets,
  type ProjectRecord,
  type ProjectVersionRecord,
  type SavedViewRecord,
  type ScanLogRecord,
  type ScanRecord,
  type ScanState,
  type Store,
  type TrackedImageRecord,
} from '@esscm/store';
import { cut } from './cut.js';
import { memoryContents, memoryPackages, type StoredContent } from './memory-contents.js';
import { memoryScanPauses } from './memory-scan-pauses.js';
import { MemoryWatches } from './memory-watches.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The store's contract over arrays, for tests of what is above it. `calls` names every call made. */
export class MemoryStore implements Store {
  readonly calls: string[] = [];
  readonly connectionRows: Mutable<ConnectionRecord>[] = [];
  readonly imageRows: Mutable<TrackedImageRecord>[] = [];
  readonly scanRows: Mutable<ScanRecord>[] = [];
  /** What the store says scans wait, in milliseconds. */
  typicalWait: number | undefined;
  readonly contentRows: StoredContent[] = [];
  readonly #tokens: (Mutable<AccessTokenRecord> & { readonly hash: Uint8Array })[] = [];
  readonly #drafts: Mutable<ConnectionDraftRecord>[] = [];
  readonly #projects: ProjectRecord[] = [];
  readonly #versions: ProjectVersionRecord[] = [];
  readonly #views: SavedViewRecord[] = [];
  readonly #logs = new Map<string, readonly ScanLogRecord[]>();
  readonly #days = new Map<string, FindingDayRecord>();
  readonly #secrets = new Map<string, PlainSecrets>();
  readonly #replays = new Map<string, ConnectResult>();
  readonly #now: () => Date;
  #count = 0;

  readonly current: MemoryWatches;
  readonly selections: Store['selections'];
  readonly watches: Store['watches'];

  constructor(now: () => Date) {
    this.#now = now;
    this.current = new MemoryWatches(now);
    this.selections = this.#counted('selections', this.current.selections);
    this.watches = this.#counted('watches', this.current.watches);
  }

  #id(prefix: string): string {
    this.#count += 1;
    return `${prefix}_${this.#count}`;
  }

  readonly organizations: Store['organizations'] = this.#counted('organizations', {
    ensureDefault: async () => ({ id: 'org_1', name: 'Example' }),
    find: async (id) => (id === 'org_1' ? { id, name: 'Example' } : undefined),
  });

  readonly accessTokens: Store['accessTokens'] = this.#counted('accessTokens', {
    create: async (token) => {
      const row = { ...token, id: this.#id('tok'), createdAt: this.#now() };
      this.#tokens.push(row);
      return row;
    },
    findByHash: async (hash, now) => this.#tokens.find((token) => Buffer.from(token.hash).equals(hash) && token.expiresAt > now),
    markUsed: async (id, at) => {
      for (const token of this.#tokens) if (token.id === id) token.lastUsedAt = at;
    },
    list: async (organizationId, userId) => this.#tokens.filter((token) => token.organizationId === organizationId && token.userId === userId),
    revoke: async (organizationId, userId, id) =>
      remove(this.#tokens, (token) => token.organizationId === organizationId && token.userId === userId && token.id === id),
  });

  readonly drafts: Store['drafts'] = this.#counted('drafts', {
    save: async (draft, secrets) => {
      const row = { ...draft, id: draft.id ?? this.#id('drf'), createdAt: this.#now() };
      remove(this.#drafts, ({ id }) => id === row.id);
      this.#drafts.push(row);
      this.#secrets.set(row.id, secrets);
      return row;
    },
    find: async (organizationId, id) => this.#drafts.find((draft) => draft.organizationId === organizationId && draft.id === id),
    readSecrets: async (_organizationId, id) => this.#secrets.get(id) ?? {},
    recordVerification: async (_organizationId, id, report) => {
      for (const draft of this.#drafts) if (draft.id === id) Object.assign(draft, { verification: report, verificationProgress: undefined });
    },
    recordVerificationProgress: async (_organizationId, id, progress) => {
      for (const draft of this.#drafts) if (draft.id === id) draft.verificationProgress = progress;
    },
    delete: async (_organizationId, id) => remove(this.#drafts, (draft) => draft.id === id),
    deleteExpired: async () => 0,
  });

  readonly connections: Store['connections'] = this.#counted('connections', {
    connect: async (input) => {
      if (this.connectionRows.some((row) => row.organizationId === input.organizationId && row.name === input.name)) throw new NameTakenError(input.name, undefined);
      const connection: ConnectionRecord = {
        ...pick(input, ['organizationId', 'pluginId', 'variantId', 'name', 'description', 'settings', 'credentialHint', 'sample']),
        ...(input.credentialKindId !== undefined && { credentialKindId: input.credentialKindId, credentialSetAt: this.#now() }),
        ...(input.verification !== undefined && { verification: input.verification }),
        ...(input.credentialExpiresAt !== undefined && { credentialExpiresAt: input.credentialExpiresAt }),
        withoutScanning: input.withoutScanning ?? false,
        id: this.#id('con'),
        createdAt: this.#now(),
        createdBy: input.requestedBy,
      };
      this.connectionRows.unshift(connection);
      this.#secrets.set(connection.id, input.secrets);
      if (input.draftId !== undefined) remove(this.#drafts, ({ id }) => id === input.draftId);
      const images = input.images.map((image) => this.#addImage(input.organizationId, connection.id, image));
      this.current.start(input.organizationId, connection.id);
      await this.current.selections.replace(input.organizationId, connection.id, input.selections ?? [], input.requestedBy);
      const scans = input.withoutScanning === true ? [] : images.map((image) => this.#addScan(image, 'connect', input.requestedBy));
      const result = { connection, images, scans, replayed: false };
      if (input.clientMutationId !== undefined) this.#replays.set(input.clientMutationId, { ...result, replayed: true });
      return result;
    },
    findReplay: async ({ clientMutationId }) => this.#replays.get(clientMutationId),
    find: async (organizationId, id) => this.connectionRows.find((row) => row.organizationId === organizationId && row.id === id),
    findMany: async (organizationId, ids) => this.connectionRows.filter((row) => row.organizationId === organizationId && ids.includes(row.id)),
    list: async (organizationId, page) => cut(this.connectionRows.filter((row) => row.organizationId === organizationId), page),
    readSecrets: async (_organizationId, id) => this.#secrets.get(id) ?? {},
    recordVerification: async (_organizationId, id, report) => {
      for (const row of this.connectionRows) if (row.id === id) Object.assign(row, { verification: report, verificationProgress: undefined });
    },
    recordVerificationProgress: async (_organizationId, id, progress) => {
      for (const row of this.connectionRows) if (row.id === id) row.verificationProgress = progress;
    },
    replaceCredential: async (organizationId, id, { secrets, ...credential }) => {
      const row = this.connectionRows.find((candidate) => candidate.organizationId === organizationId && candidate.id === id);
      if (row === undefined) return undefined;
      this.#secrets.set(id, secrets);
      delete row.credentialExpiresAt;
      delete row.verificationProgress;
      return Object.assign(row, credential, { credentialSetAt: this.#now() });
    },
    resumeScanning: async (_organizationId, id) => {
      for (const row of this.connectionRows) if (row.id === id) row.withoutScanning = false;
    },
    countImages: async (_organizationId, ids) => new Map(ids.map((id) => [id, this.imageRows.filter((image) => image.connectionId === id).length])),
    countByPlugin: async (organizationId) => {
      const own = this.connectionRows.filter((row) => row.organizationId === organizationId);
      return new Map([...Map.groupBy(own, (row) => row.pluginId)].map(([id, rows]) => [id, rows.length]));
    },
    findSample: async (organizationId) => this.connectionRows.find((row) => row.organizationId === organizationId && row.sample),
    deletionImpact: async (organizationId, id) => {
      if (!this.connectionRows.some((row) => row.organizationId === organizationId && row.id === id)) return undefined;
      const images = this.imageRows.filter((image) => image.connectionId === id);
      const selections = await this.current.selections.list(organizationId, id);
      return { images: images.length, results: images.filter(({ contentId }) => contentId !== undefined).length, selections: selections.length };
    },
    delete: async (organizationId, id) => {
      remove(this.imageRows, (image) => image.connectionId === id);
      remove(this.scanRows, (scan) => scan.connectionId === id);
      return remove(this.connectionRows, (row) => row.organizationId === organizationId && row.id === id);
    },
  });

  readonly projects: Store['projects'] = this.#counted('projects', {
    find: async (organizationId, id) => this.#projects.find((project) => project.organizationId === organizationId && project.id === id),
    findMany: async (_organizationId, ids) => this.#projects.filter(({ id }) => ids.includes(id)),
    list: async (organizationId, { search = '', ...page }) =>
      cut(this.#projects.filter((project) => project.organizationId === organizationId && project.name.includes(search)), page),
    versionsOf: async (_organizationId, ids) =>
      new Map(ids.map((id) => [id, this.#versions.filter((version) => version.projectId === id).toReversed()])),
    findVersions: async (_organizationId, ids) => this.#versions.filter(({ id }) => ids.includes(id)),
  });

  readonly images: Store['images'] = this.#counted('images', {
    repositoriesOf: async (_organizationId, connectionId) => [...new Map(this.imageRows.filter((image) => image.connectionId === connectionId).map(({ name, repository }) => [name, { name, repository }])).values()],
    inRepository: async (_organizationId, connectionId, name, page) => cut(this.imageRows.filter((image) => image.connectionId === connectionId && image.name === name), page),
    applyChanges: () => Promise.reject(new Error('The test did not expect applyChanges.')),
    add: async (organizationId, connectionId, chosen, by) => {
      const images = chosen.map(
        (image) => this.imageRows.find((row) => row.connectionId === connectionId && row.name === image.name && row.tag === image.tag) ?? this.#addImage(organizationId, connectionId, image),
      );
      return { images, scans: images.map((image) => this.#addScan(image, 'user', by)) };
    },
    assign: async (organizationId, id, { projectName, projectVersion }) => {
      const image = this.imageRows.find((row) => row.organizationId === organizationId && row.id === id);
      if (image !== undefined) image.projectVersionId = this.#versionId(organizationId, projectName, projectVersion);
      return image;
    },
    find: async (organizationId, id) => this.imageRows.find((image) => image.organizationId === organizationId && image.id === id),
    findMany: async (organizationId, ids) => this.imageRows.filter((image) => image.organizationId === organizationId && ids.includes(image.id)),
    list: async (organizationId, filter, page) => {
      const projectOf = (versionId: string) => this.#versions.find(({ id }) => id === versionId)?.projectId;
      const wanted = this.imageRows.filter(
        (image) =>
          image.organizationId === organizationId &&
          (filter.connectionId === undefined || image.connectionId === filter.connectionId) &&
          (filter.projectVersionId === undefined || image.projectVersionId === filter.projectVersionId) &&
          (filter.projectId === undefined || projectOf(image.projectVersionId) === filter.projectId) &&
          (filter.name === undefined || image.name === filter.name) &&
          (filter.search === undefined || `${image.name}:${image.tag ?? ''}`.includes(filter.search)),
      );
      return cut(wanted, page);
    },
    countByCoverage: async () => {
      throw new Error('Tests of coverage run over the real store.');
    },
    coverageOf: async () => {
      throw new Error('Tests of coverage run over the real store.');
    },
    count: async (organizationId) => {
      const own = this.imageRows.filter((image) => image.organizationId === organizationId);
      const shown = own.filter((image) => image.contentScannedAt !== undefined);
      const partial = shown.filter((image) => this.contentRows.some(({ record }) => record.id === image.contentId && record.partial));
      const [oldestResultAt] = shown.flatMap(({ contentScannedAt }) => contentScannedAt ?? []).toSorted((a, b) => a.getTime() - b.getTime());
      return { total: own.length, scanned: shown.length, partial: partial.length, ...(oldestResultAt !== undefined && { oldestResultAt }) };
    },
    countByProject: async (_organizationId, ids) => {
      const projectOf = (versionId: string) => this.#versions.find(({ id }) => id === versionId)?.projectId;
      return new Map(ids.map((id) => [id, this.imageRows.filter((image) => projectOf(image.projectVersionId) === id).length]));
    },
  });

  readonly scans: Store['scans'] = this.#counted('scans', {
    request: async ({ organizationId, trackedImageId, trigger, requestedBy }) => {
      const active = this.scanRows.find((scan) => scan.trackedImageId === trackedImageId && isActive(scan));
      const image = this.imageRows.find((row) => row.organizationId === organizationId && row.id === trackedImageId);
      if (image === undefined) throw new Error('No such image.');
      return active ?? this.#addScan(image, trigger, requestedBy);
    },
    find: async (organizationId, id) => this.scanRows.find((scan) => scan.organizationId === organizationId && scan.id === id),
    list: async (organizationId, filter, page) =>
      cut(
        this.scanRows.filter(
          (scan) =>
            scan.organizationId === organizationId &&
            (filter.states === undefined || filter.states.includes(scan.state)) &&
            (filter.connectionId === undefined || scan.connectionId === filter.connectionId) &&
            (filter.trackedImageId === undefined || scan.trackedImageId === filter.trackedImageId) &&
            (filter.search === undefined || this.imageRows.some(({ id, name, tag }) => id === scan.trackedImageId && `${name}:${tag ?? ''}`.includes(filter.search ?? ''))),
        ),
        page,
      ),
    latestOf: async (_organizationId, ids) =>
      new Map(this.scanRows.filter((scan) => ids.includes(scan.trackedImageId)).map((scan) => [scan.trackedImageId, scan])),
    countByState: async (organizationId, connectionId) => {
      const counts: Record<ScanState, number> = { queued: 0, running: 0, succeeded: 0, partial: 0, failed: 0, cancelled: 0 };
      for (const scan of this.scanRows) {
        if (scan.organizationId === organizationId && (connectionId === undefined || scan.connectionId === connectionId)) counts[scan.state] += 1;
      }
      return counts;
    },
    latestTotals: async (organizationId, connectionId) => ({
      states: await this.scans.countByState(organizationId, connectionId),
      bytesDone: 0,
      bytesTotal: 0,
      runningBytesDone: 0,
    }),
    imagesFailedLast: async (organizationId, connectionId) =>
      this.imageRows.flatMap(({ id }) => {
        const newest = this.scanRows.findLast((scan) => scan.trackedImageId === id && scan.organizationId === organizationId && (connectionId === undefined || scan.connectionId === connectionId));
        return newest?.state === 'failed' ? [id] : [];
      }),
    aheadOf: async (_organizationId, ids) => {
      const line = this.scanRows.filter(({ state }) => state === 'queued').map(({ id }) => id);
      return new Map(ids.filter((id) => line.includes(id)).map((id) => [id, line.indexOf(id)]));
    },
    typicalWait: async () => this.typicalWait,
    cancelAll: async (organizationId, connectionId, by) =>
      this.scanRows
        .filter((scan) => scan.organizationId === organizationId && (connectionId === undefined || scan.connectionId === connectionId) && isActive(scan))
        .flatMap(({ id }) => this.changeScan(id, { state: 'cancelled', endedAt: this.#now(), ...cancelledBy(by) }) ?? []),
    unfinished: async () => this.scanRows.filter(isActive),
    begin: async (id) => this.changeScan(id, { state: 'running' }),
    recordProgress: async (id, stage, progress) => this.changeScan(id, { stage, progress }),
    fail: async (id, failure) => this.changeScan(id, { state: 'failed', failure, endedAt: this.#now() }),
    requeue: async (id, failure) => this.changeScan(id, { state: 'queued', failure }),
    cancel: async (organizationId, id, by) => {
      const scan = this.scanRows.find((row) => row.organizationId === organizationId && row.id === id);
      return scan !== undefined && isActive(scan) ? this.changeScan(id, { state: 'cancelled', endedAt: this.#now(), ...cancelledBy(by) }) : undefined;
    },
    completeFromContent: async () => undefined,
    complete: async (id) => this.changeScan(id, { state: 'succeeded', endedAt: this.#now() }),
  });

  readonly scanPauses: Store['scanPauses'] = this.#counted('scanPauses', memoryScanPauses(() => this.#id('pau'), () => this.#now()));

  readonly contents: Store['contents'] = this.#counted('contents', memoryContents(this.contentRows));

  readonly packages: Store['packages'] = this.#counted('packages', memoryPackages(this.contentRows, this.imageRows));

  readonly savedViews: Store['savedViews'] = this.#counted('savedViews', {
    list: async (organizationId) => this.#views.filter((view) => view.organizationId === organizationId),
    save: async (view) => {
      const known = this.#views.find(({ name, page }) => name.toLowerCase() === view.name.toLowerCase() && page === view.page);
      const row = { ...view, id: known?.id ?? this.#id('viw'), createdAt: known?.createdAt ?? this.#now() };
      remove(this.#views, ({ id }) => id === row.id);
      this.#views.push(row);
      return row;
    },
    delete: async (organizationId, id) => remove(this.#views, (view) => view.organizationId === organizationId && view.id === id),
  });

  readonly findingDays: Store['findingDays'] = this.#counted('findingDays', {
    list: async (_organizationId, since) => [...this.#days.values()].filter(({ day }) => day >= since),
    record: async (_organizationId, day) => void this.#days.set(day.day, day),
  });

  get projectFindingDays(): Store['projectFindingDays'] {
    throw new Error('Tests of days of projects run over the real store.');
  }

  get comparisons(): Store['comparisons'] {
    throw new Error('Tests of comparisons run over the real store.');
  }

  get fixes(): Store['fixes'] {
    throw new Error('Tests of fixes run over the real store.');
  }

  /** Findings are filtered, ordered and counted by SQL: what reads them is tested over the real store. */
  get findings(): Store['findings'] {
    throw new Error('Tests of findings run over the real store.');
  }

  get advisorySources(): Store['advisorySources'] {
    throw new Error('Tests of advisories run over the real store.');
  }

  get triage(): Store['triage'] {
    throw new Error('Tests of decisions run over the real store.');
  }

  readonly scanLogs: Store['scanLogs'] = {
    append: async (scanId, lines) => {
      const kept = this.#logs.get(scanId) ?? [];
      this.#logs.set(scanId, [...kept, ...lines.map((line, index) => ({ ...line, position: kept.length + index + 1 }))]);
    },
    read: async (organizationId, scanId, after) =>
      this.scanRows.some((scan) => scan.id === scanId && scan.organizationId === organizationId) ? (this.#logs.get(scanId) ?? []).filter(({ position }) => position > after) : [],
    deleteBefore: async () => 0,
  };

  get vex(): Store['vex'] {
    throw new Error('Tests of VEX documents run over the real store.');
  }

  get rematches(): Store['rematches'] {
    throw new Error('The gateway matches nothing.');
  }

  get leases(): Store['leases'] {
    throw new Error('The gateway takes no leases.');
  }

  readonly facts: Store['facts'] = { read: async () => new Map(), write: async () => undefined };

  /** Changes a scan as the scanner would, its sequence with it. */
  changeScan(id: string, change: Partial<ScanRecord>): ScanRecord | undefined {
    const index = this.scanRows.findIndex((scan) => scan.id === id);
    const scan = this.scanRows[index];
    if (scan === undefined) return undefined;
    const changed = { ...scan, ...change, sequence: scan.sequence + 1 };
    this.scanRows[index] = changed;
    return changed;
  }

  #addImage(organizationId: string, connectionId: string, { projectName, projectVersion, ...image }: ConnectImage): TrackedImageRecord {
    const row = { ...image, id: this.#id('img'), organizationId, connectionId, projectVersionId: this.#versionId(organizationId, projectName, projectVersion), createdAt: this.#now() };
    this.imageRows.push(row);
    return row;
  }

  #addScan(image: TrackedImageRecord, trigger: ScanRecord['trigger'], requestedBy: string): ScanRecord {
    const scan: ScanRecord = {
      id: this.#id('scn'),
      organizationId: image.organizationId,
      trackedImageId: image.id,
      connectionId: image.connectionId,
      state: 'queued',
      progress: { layersDone: 0, layersTotal: 0, layersCached: 0, bytesDone: 0, bytesTotal: 0, stages: [] },
      sequence: 1,
      attempt: 0,
      diagnostics: [],
      trigger,
      requestedBy,
      createdAt: this.#now(),
    };
    this.scanRows.push(scan);
    return scan;
  }

  #versionId(organizationId: string, projectName: string, version: string): string {
    let project = this.#projects.find(({ name }) => name === projectName);
    if (project === undefined) {
      project = { id: this.#id('prj'), organizationId, name: projectName, createdAt: this.#now() };
      this.#projects.push(project);
    }
    const projectId = project.id;
    let row = this.#versions.find((candidate) => candidate.projectId === projectId && candidate.version === version);
    if (row === undefined) {
      row = { id: this.#id('ver'), organizationId, projectId, version, createdAt: this.#now() };
      this.#versions.push(row);
    }
    return row.id;
  }

  /** The same repository, each call noted as `images.find`. */
  #counted<T extends object>(name: string, repository: T): T {
    return new Proxy(repository, {
      get: (target, property, receiver) => {
        this.calls.push(`${name}.${String(property)}`);
        return Reflect.get(target, property, receiver);
      },
    });
  }
}

function cancelledBy(by: { readonly userId: string; readonly userName: string } | undefined): Pick<ScanRecord, 'cancelledBy' | 'cancelledByName'> {
  return by === undefined ? {} : { cancelledBy: by.userId, cancelledByName: by.userName };
}

function isActive({ state }: ScanRecord): boolean {
  return state === 'queued' || state === 'running';
}

function remove<T>(items: T[], matches: (item: T) => boolean): boolean {
  const kept = items.filter((item) => !matches(item));
  const removed = kept.length < items.length;
  items.splice(0, items.length, ...kept);
  return removed;
}

function pick<T, K extends keyof T>(value: T, keys: readonly K[]): Pick<T, K> {
  const picked: Partial<T> = {};
  for (const key of keys) picked[key] = value[key];
  return picked as Pick<T, K>;
}
