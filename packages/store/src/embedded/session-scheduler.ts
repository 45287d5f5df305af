import { errorResponse, readyForQuery, type ServerError } from './backend-messages.js';
import type { EngineReply } from './engine-messages.js';
import type { Engine } from './engine-thread.js';
import { EngineLostError } from './errors.js';
import type { Batch } from './frontend-batch.js';
import { listenSql, NotificationRegistry } from './notification-registry.js';
import type { SessionClient } from './session-client.js';
import { forgetConnection, preludeFor, rollback, runSql } from './session-statements.js';
import type { SessionLimits } from './session-limits.js';
import { WaitingBatches, type WaitingBatch } from './waiting-batches.js';

interface Owner {
  readonly client: SessionClient;
  readonly since: number;
  idleTimer: NodeJS.Timeout | undefined;
}

/**
 * Gives the one session to one batch at a time. A connection inside a transaction, or between a Flush and its Sync, owns the
 * session until the engine reports status `I`; who owns it follows from the engine's answers alone, never from SQL text.
 */
export class SessionScheduler {
  readonly #engine: Engine;
  readonly #limits: SessionLimits;
  readonly #waiting: WaitingBatches;
  readonly #notifications = new NotificationRegistry();
  /** Rollbacks for connections that vanished; run before anything else. */
  readonly #urgent: Uint8Array[] = [];
  /** Other statements of the server itself; run before any batch once no transaction is open. */
  readonly #housekeeping: Uint8Array[] = [];
  readonly #gone = new Set<SessionClient>();
  readonly #skipping = new Set<SessionClient>();
  #held: { readonly reason: string; readonly since: number } | undefined;
  #holdRequests: { readonly reason: string; readonly granted: () => void; readonly refused: (error: Error) => void }[] = [];
  #owner: Owner | undefined;
  #running: SessionClient | 'server' | undefined;
  #settingsSql: string | undefined = '';
  #unnamedOwner: number | undefined;
  #stopped = false;
  #batches = 0;
  #syncs = 0;
  #lastBatchAt = performance.now();

  constructor(engine: Engine, limits: SessionLimits) {
    this.#engine = engine;
    this.#limits = limits;
    this.#waiting = new WaitingBatches(limits, {
      isHolder: (client) => this.#isHolder(client),
      onLockTimeout: (entry) => this.#lockTimeout(entry),
    });
  }

  /** Batches finished so far, synchronisations to disk so far, and how long nothing has run, in milliseconds. */
  get activity(): { readonly batches: number; readonly syncs: number; readonly idleMs: number; readonly waiting: number } {
    const idleMs = this.#running === undefined ? performance.now() - this.#lastBatchAt : 0;
    return { batches: this.#batches, syncs: this.#syncs, idleMs, waiting: this.#waiting.size };
  }

  /** Whose batch is on the engine, or was when the engine was lost. */
  get running(): SessionClient | undefined {
    return this.#running === 'server' ? undefined : this.#running;
  }

  /** Queues a batch; its answer goes to the client. */
  submit(client: SessionClient, batch: Batch): void {
    if (this.#stopped) return;
    this.#waiting.add(client, batch);
    if (this.#owner?.client === client) clearTimeout(this.#owner.idleTimer);
    this.#pump();
  }

  /**
   * Drops what the client has waiting and answers it with 57014; a running batch goes on. True when something was dropped.
   */
  cancelWaiting(client: SessionClient): boolean {
    const dropped = this.#isHolder(client) ? undefined : this.#waiting.removeFirst(client);
    if (dropped === undefined) return false;
    this.#refuse(dropped, { severity: 'ERROR', code: '57014', message: 'canceling statement due to user request' });
    return true;
  }

  /** The connection ended: rolls back its transaction and removes what it left in the session. `prepared`: engine names. */
  disconnect(client: SessionClient, prepared: readonly string[]): void {
    if (this.#stopped) return;
    this.#waiting.removeAll(client);
    this.#skipping.delete(client);
    if (this.#isHolder(client)) {
      this.#urgent.push(rollback());
      this.#notifications.discardUncommitted();
    }
    if (this.#owner?.client === client) this.#release();
    if (this.#running === client) this.#gone.add(client);
    const left = forgetConnection(prepared, this.#notifications.remove(client));
    if (left !== undefined) this.#housekeeping.push(left);
    this.#pump();
  }

  #isHolder(client: SessionClient): boolean {
    return this.#owner?.client === client || this.#running === client;
  }

  /**
   * Holds the session between transactions until the returned function is called; batches wait meanwhile. Rejects with
   * `EngineLostError` when the engine is lost before the session is free.
   */
  async hold(reason: string): Promise<() => void> {
    if (this.#stopped) throw new EngineLostError('the database stopped');
    await new Promise<void>((granted, refused) => {
      this.#holdRequests.push({ reason, granted, refused });
      this.#pump();
    });
    return () => {
      this.#held = undefined;
      this.#pump();
    };
  }

  /** The engine is gone. Forgets everything; the caller ends the connections. */
  stop(): void {
    this.#stopped = true;
    this.#release();
    this.#waiting.clear();
    for (const { refused } of this.#holdRequests.splice(0)) refused(new EngineLostError('the database stopped'));
  }

  #pump(): void {
    while (!this.#stopped && this.#running === undefined && this.#held === undefined) {
      const own = this.#urgent.shift() ?? (this.#owner === undefined ? this.#housekeeping.shift() : undefined);
      if (own !== undefined) {
        void this.#runOwn(own);
        return;
      }
      const hold = this.#owner === undefined ? this.#holdRequests.shift() : undefined;
      if (hold !== undefined) {
        this.#held = { reason: hold.reason, since: performance.now() };
        hold.granted();
        return;
      }
      const entry = this.#waiting.next(this.#owner?.client);
      if (entry === undefined) return;
      if (this.#skipping.has(entry.client)) {
        this.#skip(entry);
        continue;
      }
      void this.#run(entry);
    }
  }

  async #runOwn(bytes: Uint8Array): Promise<void> {
    this.#running = 'server';
    try {
      const batch = new Uint8Array(bytes).buffer;
      const reply = await this.#engine.run({ kind: 'run', prelude: undefined, batch, end: 'query', mayCopyIn: false });
      this.#finished(reply);
    } catch {
      // The engine is gone; whoever watches its thread stops this scheduler and ends the connections.
      return;
    }
    this.#pump();
  }

  async #run({ client, batch }: WaitingBatch): Promise<void> {
    this.#running = client;
    const prelude = preludeFor({
      settingsSql: client.settingsSql === this.#settingsSql ? undefined : client.settingsSql,
      closeUnnamed: batch.reusesUnnamed && this.#unnamedOwner !== client.id,
    });
    let reply: EngineReply;
    try {
      const { bytes, end, mayCopyIn } = batch;
      reply = await this.#engine.run({ kind: 'run', prelude, batch: bytes, end, mayCopyIn });
    } catch {
      return;
    }
    this.#finished(reply);
    if (this.#stopped) return;
    const gone = this.#gone.delete(client);
    if (reply.preludeError !== undefined) {
      this.#settingsSql = undefined;
      if (!gone) client.end(reply.preludeError);
    } else {
      this.#settingsSql = client.settingsSql;
      if (batch.parsesUnnamed) this.#unnamedOwner = client.id;
      if (!gone) this.#answer(client, batch, reply);
    }
    this.#pump();
  }

  #finished(reply: EngineReply): void {
    this.#running = undefined;
    this.#batches += 1;
    this.#syncs = reply.syncs;
    this.#lastBatchAt = performance.now();
  }

  #answer(client: SessionClient, batch: Batch, reply: EngineReply): void {
    if (reply.bytes.byteLength > 0) client.send(reply.bytes);
    const silenced = this.#notifications.record(client, batch.listenStatements, reply.tags, reply.status === 'I');
    if (silenced.length > 0) this.#housekeeping.push(runSql(listenSql('LISTEN', silenced)));
    this.#notifications.deliver(reply.notifications);
    if (reply.status === 'I') this.#release();
    else this.#own(client);
  }

  #own(client: SessionClient): void {
    const owner = this.#owner ?? { client, since: performance.now(), idleTimer: undefined };
    this.#owner = owner;
    if (this.#waiting.has(client)) return;
    clearTimeout(owner.idleTimer);
    owner.idleTimer = setTimeout(() => this.#idleTimeout(client), this.#limits.idleTransactionTimeoutMs);
  }

  #release(): void {
    clearTimeout(this.#owner?.idleTimer);
    this.#owner = undefined;
  }

  #idleTimeout(client: SessionClient): void {
    if (this.#owner?.client !== client || this.#running === client || this.#waiting.has(client)) return;
    client.end({
      severity: 'FATAL',
      code: '25P03',
      message: 'terminating connection due to idle-in-transaction timeout',
    });
  }

  #lockTimeout(entry: WaitingBatch): void {
    const seconds = (since: number): string => `${Math.round((performance.now() - since) / 1000)} s`;
    const holder =
      this.#held !== undefined
        ? `${this.#held.reason} for ${seconds(this.#held.since)}`
        : this.#owner !== undefined
          ? `connection ${this.#owner.client.id} (${this.#owner.client.name}) in a transaction for ${seconds(this.#owner.since)}`
          : this.#running === undefined || this.#running === 'server'
            ? 'the server itself'
            : `connection ${this.#running.id} (${this.#running.name})`;
    this.#refuse(entry, {
      severity: 'ERROR',
      code: '55P03',
      message: `canceling statement due to lock timeout: the database session is held by ${holder}`,
      hint: 'Keep transactions short, or use a PostgreSQL server.',
    });
  }

  /** Answers a batch that will not run. After a refused Flush a client still owes the Sync that ends its sequence. */
  #refuse({ client, batch }: WaitingBatch, error: ServerError): void {
    client.send(errorResponse(error));
    if (batch.end === 'flush') this.#skipping.add(client);
    else client.send(readyForQuery('I'));
    this.#pump();
  }

  #skip({ client, batch }: WaitingBatch): void {
    if (batch.end !== 'sync') return;
    this.#skipping.delete(client);
    client.send(readyForQuery('I'));
  }
}
