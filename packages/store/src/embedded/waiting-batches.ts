import type { Batch } from './frontend-batch.js';
import type { SessionLimits } from './session-limits.js';
import type { SessionClient } from './session-client.js';

/** A batch waiting for its turn. */
export interface WaitingBatch {
  readonly client: SessionClient;
  readonly batch: Batch;
}

interface Entry extends WaitingBatch {
  readonly since: number;
  readonly timer: NodeJS.Timeout;
}

/** What the queue asks of the session. */
export interface WaitingRules {
  /** The client owns the session or is running on it: it waits for nobody but itself. */
  isHolder(client: SessionClient): boolean;
  /** Called with a batch that waited too long; it is no longer waiting then. */
  onLockTimeout(entry: WaitingBatch): void;
}

/** Batches in order of arrival, and the rule who goes next. */
export class WaitingBatches {
  readonly #limits: SessionLimits;
  readonly #rules: WaitingRules;
  readonly #entries = new Set<Entry>();

  constructor(limits: SessionLimits, rules: WaitingRules) {
    this.#limits = limits;
    this.#rules = rules;
  }

  get size(): number {
    return this.#entries.size;
  }

  add(client: SessionClient, batch: Batch): void {
    const timer = setTimeout(() => {
      if (this.#rules.isHolder(client)) return;
      this.#entries.delete(entry);
      this.#rules.onLockTimeout(entry);
    }, this.#limits.lockTimeoutMs);
    const entry: Entry = { client, batch, since: performance.now(), timer };
    this.#entries.add(entry);
  }

  has(client: SessionClient): boolean {
    return this.#first((entry) => entry.client === client) !== undefined;
  }

  /**
   * Takes the next batch: of the owner alone while a transaction is open; otherwise the oldest that has waited past the ageing
   * limit, then the interactive lane, then order of arrival.
   */
  next(owner: SessionClient | undefined): WaitingBatch | undefined {
    const entry = owner === undefined ? this.#nextInLane() : this.#first(({ client }) => client === owner);
    return entry === undefined ? undefined : this.#take(entry);
  }

  removeFirst(client: SessionClient): WaitingBatch | undefined {
    const entry = this.#first((candidate) => candidate.client === client);
    return entry === undefined ? undefined : this.#take(entry);
  }

  removeAll(client: SessionClient): void {
    for (const entry of this.#entries) if (entry.client === client) this.#take(entry);
  }

  clear(): void {
    for (const entry of this.#entries) this.#take(entry);
  }

  #nextInLane(): Entry | undefined {
    const [oldest] = this.#entries;
    if (oldest === undefined || performance.now() - oldest.since >= this.#limits.ageingMs) return oldest;
    return this.#first(({ client }) => client.interactive) ?? oldest;
  }

  #first(wanted: (entry: Entry) => boolean): Entry | undefined {
    for (const entry of this.#entries) if (wanted(entry)) return entry;
    return undefined;
  }

  #take(entry: Entry): Entry {
    clearTimeout(entry.timer);
    this.#entries.delete(entry);
    return entry;
  }
}
