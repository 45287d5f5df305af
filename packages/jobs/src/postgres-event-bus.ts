import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { errorMessage } from './errors.js';
import { encodeEvent, EventListeners, type EventBus, type EventListener, type JsonValue } from './event-bus.js';
import type { JobsLog } from './jobs-log.js';

const CHANNEL = 'esscm_events';
const RECONNECT_DELAYS_MS = [100, 500, 2000, 5000];

/** Events through LISTEN and NOTIFY of a PostgreSQL server, on one connection of the pool that it keeps. */
export class PostgresEventBus implements EventBus {
  readonly #pool: pg.Pool;
  readonly #log: JobsLog;
  readonly #listeners: EventListeners;
  readonly #closing = new AbortController();
  #client: pg.PoolClient | undefined;
  #connecting: Promise<void> | undefined;

  /** The pool needs two connections for this bus; its owner ends it. */
  constructor(pool: pg.Pool, log: JobsLog) {
    this.#pool = pool;
    this.#log = log;
    this.#listeners = new EventListeners(log);
  }

  async publish(topic: string, payload: JsonValue): Promise<void> {
    await this.#pool.query('select pg_notify($1, $2)', [CHANNEL, encodeEvent(topic, payload)]);
  }

  async subscribe(topic: string, listener: EventListener): Promise<() => Promise<void>> {
    const remove = this.#listeners.add(topic, listener);
    try {
      this.#connecting ??= this.#listen();
      await this.#connecting;
    } catch (error) {
      this.#connecting = undefined;
      remove();
      throw error;
    }
    return async () => remove();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connecting?.catch(() => {});
    this.#client?.release(true);
    this.#client = undefined;
  }

  async #listen(): Promise<void> {
    const client = await this.#pool.connect();
    client.on('notification', ({ channel, payload }) => {
      if (channel === CHANNEL && payload !== undefined) this.#listeners.dispatch(payload);
    });
    client.once('error', (error) => this.#lost(client, error));
    try {
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      client.release(true);
      throw error;
    }
    this.#client = client;
  }

  #lost(client: pg.PoolClient, error: Error): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.release(true);
    if (this.#closing.signal.aborted) return;
    this.#log.warn({ reason: error.message }, 'the connection for events was lost and is made again');
    this.#connecting = this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    for (let attempt = 0; !this.#closing.signal.aborted; attempt += 1) {
      try {
        const delayMs = RECONNECT_DELAYS_MS[Math.min(attempt, RECONNECT_DELAYS_MS.length - 1)];
        await wait(delayMs, undefined, { signal: this.#closing.signal });
        await this.#listen();
        return;
      } catch (error) {
        if (!this.#closing.signal.aborted) this.#log.warn({ reason: errorMessage(error) }, 'no connection for events yet');
      }
    }
  }
}
