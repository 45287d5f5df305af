import { setTimeout as wait } from 'node:timers/promises';
import { errorMessage, type DatabaseLog } from './log.js';

/** When the database looks after itself. Sizes in bytes, times in milliseconds. */
export interface MaintenanceLimits {
  /** Write-ahead log since the last checkpoint that makes the next one due; recovery time and disk use follow from it. */
  readonly checkpointWalBytes: number;
  /** After this long without a statement, tables are vacuumed and smaller amounts of log are checkpointed. */
  readonly idleMs: number;
  /** How often the loop looks. */
  readonly intervalMs: number;
  /** Below this no checkpoint is attempted: one that fails on a full disk breaks the engine. */
  readonly minimumFreeBytes: number;
}

export const DEFAULT_MAINTENANCE_LIMITS: MaintenanceLimits = {
  checkpointWalBytes: 32 * 1024 * 1024,
  idleMs: 2000,
  intervalMs: 1000,
  minimumFreeBytes: 128 * 1024 * 1024,
};

/** What maintenance needs of the database. */
export interface MaintainedDatabase {
  /** Runs one statement; rows as objects. */
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Batches finished so far, and how long nothing has run. */
  activity(): { readonly batches: number; readonly idleMs: number };
  freeBytes(): Promise<number>;
}

/** Idle checkpoints smaller than this are not worth their writes. */
const IDLE_CHECKPOINT_BYTES = 1024 * 1024;

/**
 * Same proportions as PostgreSQL's autovacuum: a fixed number of changed rows plus a share of the table. And every table that has never
 * been analysed: what was written before the last start is not counted any more, and without statistics a join of thousands takes seconds.
 */
const CHURNING_TABLES = `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
  where n_dead_tup > 200 + 0.2 * n_live_tup or n_mod_since_analyze > 200 + 0.1 * n_live_tup
    or exists (select from pg_class where pg_class.oid = relid and reltuples < 0 and pg_relation_size(relid) > 0)
  order by n_dead_tup desc limit 32`;

const WAL_POSITION = `select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::text as bytes`;

/** The engine has neither checkpointer nor autovacuum; this does both, between the statements of others. */
export class Maintenance {
  readonly #database: MaintainedDatabase;
  readonly #limits: MaintenanceLimits;
  readonly #log: DatabaseLog;
  readonly #stop = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #checkpointAt: number | undefined;
  #walBytes = 0;
  #seenBatches = -1;
  #tidiedAtBatches = -1;
  #diskLow = false;

  constructor(database: MaintainedDatabase, limits: MaintenanceLimits, log: DatabaseLog) {
    this.#database = database;
    this.#limits = limits;
    this.#log = log;
  }

  /** Write-ahead log since the last checkpoint, in bytes, as last measured. */
  get walBytes(): number {
    return this.#walBytes;
  }

  /** True while too little space is left to take on work. */
  get diskLow(): boolean {
    return this.#diskLow;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Ends the loop after the step under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  /** Writes a checkpoint now. False when there is too little space to try. Rejects with the engine's error. */
  async checkpoint(): Promise<boolean> {
    if (!(await this.#hasRoom())) return false;
    await this.#database.query('CHECKPOINT');
    this.#checkpointAt = await this.#walPosition();
    this.#walBytes = 0;
    return true;
  }

  /** One look at the database: a checkpoint when enough was written, more when nothing else runs; nothing on a full disk. */
  async step(): Promise<void> {
    const { batches, idleMs } = this.#database.activity();
    if (!(await this.#hasRoom())) return;
    if (batches !== this.#seenBatches) {
      const position = await this.#walPosition();
      this.#checkpointAt ??= position;
      this.#walBytes = position - this.#checkpointAt;
      if (this.#walBytes >= this.#limits.checkpointWalBytes) await this.checkpoint();
    } else if (idleMs >= this.#limits.idleMs && this.#tidiedAtBatches !== batches) {
      await this.#tidy();
      this.#tidiedAtBatches = this.#database.activity().batches;
    }
    this.#seenBatches = this.#database.activity().batches;
  }

  async #hasRoom(): Promise<boolean> {
    const freeBytes = await this.#database.freeBytes();
    const low = freeBytes < this.#limits.minimumFreeBytes;
    if (low && !this.#diskLow) this.#log.error({ freeBytes }, 'too little disk space is left for the database');
    if (!low && this.#diskLow) this.#log.info({ freeBytes }, 'the database has enough disk space again');
    this.#diskLow = low;
    return !low;
  }

  async #tidy(): Promise<void> {
    const tables = await this.#database.query(CHURNING_TABLES);
    for (const { name } of tables) {
      if (this.#stop.signal.aborted) return;
      await this.#database.query(`VACUUM (ANALYZE) ${String(name)}`);
    }
    this.#walBytes = (await this.#walPosition()) - (this.#checkpointAt ?? 0);
    if (this.#walBytes >= IDLE_CHECKPOINT_BYTES) await this.checkpoint();
  }

  async #walPosition(): Promise<number> {
    const [row] = await this.#database.query(WAL_POSITION);
    return Number(row?.['bytes']);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await wait(this.#limits.intervalMs, undefined, { signal, ref: false });
        await this.step();
      } catch (error) {
        // A busy or restarting database is looked at again in the next round.
        if (!signal.aborted) this.#log.warn({ reason: errorMessage(error) }, 'database maintenance was put off');
      }
    }
  }
}
