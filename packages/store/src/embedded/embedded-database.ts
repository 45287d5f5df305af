import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { ServerError } from './backend-messages.js';
import { ConnectionStream } from './connection-stream.js';
import { dataDirectory, freeBytes, prepareDataDirectory } from './data-directory.js';
import { DirectoryLock } from './directory-lock.js';
import { embeddedClientOptions } from './embedded-client-options.js';
import { EngineThread } from './engine-thread.js';
import { EmbeddedDatabaseError, type EngineLostError } from './errors.js';
import { errorMessage, silentLog, type DatabaseLog } from './log.js';
import { DEFAULT_MAINTENANCE_LIMITS, Maintenance, type MaintenanceLimits } from './maintenance.js';
import { DEFAULT_SESSION_LIMITS, type SessionLimits } from './session-limits.js';
import { SessionScheduler } from './session-scheduler.js';
import { FatalServerError } from './virtual-connection.js';
import { VirtualServer } from './virtual-server.js';

/** Limits of the embedded database. Times in milliseconds, sizes in bytes. */
export interface EmbeddedDatabaseLimits extends SessionLimits, MaintenanceLimits {
  /** Waits before each attempt to open again after the engine was lost; when used up, the database has failed. */
  readonly restartDelaysMs: readonly number[];
  /** An engine that ran this long starts the count of attempts anew. */
  readonly stableAfterMs: number;
}

const DEFAULT_EMBEDDED_DATABASE_LIMITS: EmbeddedDatabaseLimits = {
  ...DEFAULT_SESSION_LIMITS,
  ...DEFAULT_MAINTENANCE_LIMITS,
  restartDelaysMs: [0, 250, 1000, 4000, 15_000],
  stableAfterMs: 60_000,
};

/** `restarting`: connections wait. `failed`: they fail, until the process starts again. */
export type EmbeddedDatabaseState = 'running' | 'restarting' | 'failed' | 'closed';

/** A moment's view for health checks and metrics. */
export interface EmbeddedDatabaseStatus {
  readonly state: EmbeddedDatabaseState;
  readonly connections: number;
  readonly waitingBatches: number;
  readonly batches: number;
  /** Synchronisations to disk since the engine started. */
  readonly syncs: number;
  readonly restarts: number;
  readonly walBytes: number;
  /** Too little space is left: stop taking work. */
  readonly diskLow: boolean;
}

export interface EmbeddedDatabaseOptions {
  /** Folder of its own; created when missing. */
  readonly folder: string;
  readonly log?: DatabaseLog;
  readonly limits?: Partial<EmbeddedDatabaseLimits>;
  /** Connections with one of these as `application_name` go first whenever no transaction is open. */
  readonly interactiveApplications?: readonly string[];
}

const CLOSE_TIMEOUT_MS = 30_000;

/**
 * PostgreSQL inside this process, on a thread of its own, spoken to by an unmodified `pg` through `stream()`. All connections
 * share one session: transactions exclude each other, and session-wide state (SET, temporary tables, session-level advisory
 * locks) is visible to everybody.
 */
export class EmbeddedDatabase {
  readonly folder: string;
  readonly #log: DatabaseLog;
  readonly #limits: EmbeddedDatabaseLimits;
  readonly #lock: DirectoryLock;
  readonly #server: VirtualServer;
  readonly #maintenance: Maintenance;
  readonly #maintenancePool: pg.Pool;
  readonly #stateListeners = new Set<(state: EmbeddedDatabaseState) => void>();
  readonly #closing = new AbortController();
  #engine: EngineThread | undefined;
  #scheduler: SessionScheduler | undefined;
  #state: EmbeddedDatabaseState = 'restarting';
  #restarting: Promise<void> = Promise.resolve();
  #restarts = 0;
  #attempts = 0;
  #startedAt = 0;
  #closed: Promise<void> | undefined;

  private constructor(folder: string, lock: DirectoryLock, limits: EmbeddedDatabaseLimits, options: EmbeddedDatabaseOptions) {
    const interactive = new Set(options.interactiveApplications ?? []);
    this.folder = folder;
    this.#lock = lock;
    this.#limits = limits;
    this.#log = options.log ?? silentLog;
    this.#server = new VirtualServer(limits, (applicationName) => interactive.has(applicationName));
    this.#maintenancePool = new pg.Pool({
      ...embeddedClientOptions(() => this.stream(), { applicationName: 'database-maintenance' }),
      max: 1,
      idleTimeoutMillis: 0,
    });
    this.#maintenancePool.on('error', () => {});
    const database = {
      query: async (sql: string) => (await this.#maintenancePool.query<Record<string, unknown>>(sql)).rows,
      activity: () => this.#scheduler?.activity ?? { batches: 0, idleMs: 0 },
      freeBytes: () => freeBytes(folder),
    };
    this.#maintenance = new Maintenance(database, limits, this.#log);
  }

  /** Opens, or creates, the database in a folder and excludes other processes from it. Throws `EmbeddedDatabaseError`. */
  static async open(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
    const folder = resolve(options.folder);
    const limits = { ...DEFAULT_EMBEDDED_DATABASE_LIMITS, ...options.limits };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = DirectoryLock.acquire(folder);
    const database = new EmbeddedDatabase(folder, lock, limits, options);
    try {
      await prepareDataDirectory(folder, limits.minimumFreeBytes);
      await database.#startEngine();
    } catch (error) {
      lock.release();
      if (error instanceof EmbeddedDatabaseError) throw error;
      throw new EmbeddedDatabaseError(
        'start-failed',
        `the database in ${folder} did not open: ${errorMessage(error)}`,
        'Check free memory and disk space. If it persists, restore the latest backup.',
        { cause: error },
      );
    }
    database.#maintenance.start();
    return database;
  }

  get state(): EmbeddedDatabaseState {
    return this.#state;
  }

  status(): EmbeddedDatabaseStatus {
    const activity = this.#scheduler?.activity;
    return {
      state: this.#state,
      connections: this.#server.connections,
      waitingBatches: activity?.waiting ?? 0,
      batches: activity?.batches ?? 0,
      syncs: activity?.syncs ?? 0,
      restarts: this.#restarts,
      walBytes: this.#maintenance.walBytes,
      diskLow: this.#maintenance.diskLow,
    };
  }

  /** Calls `listener` at every change of state. Answers the function that stops it. */
  onStateChange(listener: (state: EmbeddedDatabaseState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => void this.#stateListeners.delete(listener);
  }

  /** A new connection, for the `stream` option of `pg`. Always succeeds; a database that is gone says so at start-up. */
  stream(): Duplex {
    return new ConnectionStream(this.#server);
  }

  /** Writes a checkpoint. False when too little disk space is left to try. */
  checkpoint(): Promise<boolean> {
    return this.#maintenance.checkpoint();
  }

  /**
   * Writes a checkpoint, then keeps the data directory unchanged while `copy` reads it: a backup. Statements wait meanwhile,
   * and fail after their lock timeout, so copy only; compress afterwards. Throws `EmbeddedDatabaseError` with code `unavailable`
   * when the database stopped before the copy was done: throw the copy away then.
   */
  async holdForCopy<Result>(copy: (dataDirectory: string) => Promise<Result>): Promise<Result> {
    await this.checkpoint();
    const scheduler = this.#scheduler;
    const stopped = (cause?: unknown): EmbeddedDatabaseError =>
      new EmbeddedDatabaseError('unavailable', 'the database stopped before it was copied', 'Try again once it runs.', { cause });
    const release = await scheduler?.hold('a backup copy').catch((error: unknown) => {
      throw stopped(error);
    });
    try {
      const result = await copy(dataDirectory(this.folder));
      // An engine that opened again meanwhile has written while the files were read.
      if (this.#scheduler !== scheduler || this.#state !== 'running') throw stopped();
      return result;
    } finally {
      release?.();
    }
  }

  /** Ends the engine's thread as a crash would; the database opens again by itself. For tests of recovery. */
  async crash(): Promise<void> {
    await this.#engine?.terminate();
  }

  /** Closes in good order. Close queues and pools first: connections still open fail with SQLSTATE 57P01. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#maintenance.stop();
    this.#closing.abort();
    await this.#maintenancePool.end();
    await this.#restarting;
    this.#server.refuse(new FatalServerError('57P03', 'the database is closed'));
    this.#server.interrupt(() => ({
      severity: 'FATAL',
      code: '57P01',
      message: 'terminating connection because the database is closing',
    }));
    // Ending in good order writes the last checkpoint, so that the next start has nothing to recover.
    await this.#engine?.close(CLOSE_TIMEOUT_MS);
    this.#lock.release();
    this.#setState('closed');
  }

  async #startEngine(): Promise<void> {
    const data = { folder: dataDirectory(this.folder) };
    const { thread, parameters } = await EngineThread.start(data, this.#limits.statementTimeoutMs);
    const scheduler = new SessionScheduler(thread, this.#limits);
    this.#engine = thread;
    this.#scheduler = scheduler;
    this.#startedAt = performance.now();
    void thread.ended.then((error) => {
      if (error !== undefined) this.#lost(error, scheduler);
    });
    this.#server.start({ scheduler, parameters });
    this.#setState('running');
  }

  #lost(error: EngineLostError, scheduler: SessionScheduler): void {
    this.#setState('restarting');
    this.#log.error({ reason: error.message }, 'the embedded database stopped and is opened again');
    const culprit = error.overLimit ? scheduler.running : undefined;
    this.#server.interrupt((connection) => interruption(connection === culprit, error));
    if (performance.now() - this.#startedAt >= this.#limits.stableAfterMs) this.#attempts = 0;
    this.#restarting = this.#restart();
  }

  async #restart(): Promise<void> {
    const delays = this.#limits.restartDelaysMs;
    while (this.#attempts < delays.length && !this.#closing.signal.aborted) {
      const delayMs = delays[this.#attempts] ?? 0;
      this.#attempts += 1;
      try {
        await wait(delayMs, undefined, { signal: this.#closing.signal });
        await this.#startEngine();
        this.#restarts += 1;
        this.#log.info({ attempt: this.#attempts }, 'the embedded database is open again');
        return;
      } catch (error) {
        if (this.#closing.signal.aborted) return;
        this.#log.error({ attempt: this.#attempts, reason: errorMessage(error) }, 'the embedded database did not open');
      }
    }
    if (this.#closing.signal.aborted) return;
    this.#setState('failed');
    this.#server.refuse(
      new FatalServerError('57P03', 'the embedded database stopped too often and stays closed', 'Restart the process.'),
    );
  }

  #setState(state: EmbeddedDatabaseState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}

function interruption(culprit: boolean, error: EngineLostError): ServerError {
  if (culprit) return { severity: 'FATAL', code: '57014', message: `terminating connection: ${error.message}` };
  return { severity: 'FATAL', code: '57P02', message: `terminating connection because the database stopped: ${error.message}` };
}

/** Opens the embedded database in a folder. Throws `EmbeddedDatabaseError`. The caller closes it, after every pool on it. */
export function openEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  return EmbeddedDatabase.open(options);
}
