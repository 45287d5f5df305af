import { vi } from 'vitest';
import { message, readyForQuery, type ServerError, type TransactionStatus } from './backend-messages.js';
import type { EngineJob, EngineReply } from './engine-messages.js';
import { EngineLostError } from './errors.js';
import type { Batch } from './frontend-batch.js';
import { readListenStatements } from './listen-statements.js';
import type { SessionClient } from './session-client.js';
import type { SessionScheduler } from './session-scheduler.js';

/** An engine that the test answers by hand, one job at a time. */
export class HandEngine {
  readonly ran: string[] = [];
  #answer: ((reply: EngineReply) => void) | undefined;
  #reject: ((error: EngineLostError) => void) | undefined;

  run(job: EngineJob): Promise<EngineReply> {
    if (this.#answer !== undefined) throw new Error('the engine was given two batches at once');
    this.ran.push([job.prelude, new Uint8Array(job.batch)].map(sqlOf).join(''));
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#reject = reject;
    });
  }

  get busy(): boolean {
    return this.#answer !== undefined;
  }

  /** Answers the running batch and lets the next one start. */
  async answer(status: TransactionStatus | undefined, more: Partial<EngineReply> = {}): Promise<void> {
    const answer = this.#answer;
    this.#answer = undefined;
    const bytes = new Uint8Array(status === undefined ? message('1') : readyForQuery(status));
    answer?.({ kind: 'reply', bytes, status, tags: [], notifications: [], preludeError: undefined, syncs: 0, ...more });
    await vi.advanceTimersByTimeAsync(0);
  }

  async lose(): Promise<void> {
    this.#reject?.(new EngineLostError('gone'));
    await vi.advanceTimersByTimeAsync(0);
  }
}

/** The statements in a run of messages, `;` between them; Sync alone is `<sync>`, Close is `<close name>`. */
function sqlOf(bytes: Uint8Array | undefined): string {
  const buffer = Buffer.from(bytes ?? []);
  let shown = '';
  for (let offset = 0; offset < buffer.byteLength; ) {
    const end = offset + 1 + buffer.readInt32BE(offset + 1);
    const body = buffer.toString('utf8', offset + 5, end).replaceAll('\0', '');
    const type = String.fromCharCode(buffer.readUInt8(offset));
    shown += type === 'Q' ? `${body}|` : type === 'S' ? '<sync>' : type === 'C' ? `<close ${body.slice(1)}>` : `<${type}>`;
    offset = end;
  }
  return shown;
}

export class TestClient implements SessionClient {
  readonly received: string[] = [];
  ended: ServerError | Uint8Array | undefined;
  readonly id: number;
  readonly name: string;
  readonly interactive: boolean;
  readonly settingsSql: string;
  readonly scheduler: SessionScheduler;

  constructor(scheduler: SessionScheduler, id: number, options: { name?: string; interactive?: boolean; settingsSql?: string } = {}) {
    this.scheduler = scheduler;
    this.id = id;
    this.name = options.name ?? `client-${id}`;
    this.interactive = options.interactive ?? false;
    this.settingsSql = options.settingsSql ?? '';
  }

  send(bytes: Uint8Array): void {
    this.received.push(Buffer.from(bytes).toString('latin1'));
  }

  end(error: ServerError | Uint8Array): void {
    this.ended = error;
    this.scheduler.disconnect(this, []);
  }

  /** Submits a statement, or a batch of extended messages with `end`. */
  ask(sql: string, batch: Partial<Batch> = {}): void {
    const bytes = new Uint8Array(message('Q', Buffer.from(`${sql}\0`))).buffer;
    const listenStatements = readListenStatements(sql);
    this.scheduler.submit(this, { bytes, end: 'query', mayCopyIn: false, listenStatements, reusesUnnamed: false, parsesUnnamed: false, ...batch });
  }

  /** SQLSTATE of the errors received. */
  get errors(): string[] {
    return this.received.flatMap((text) => /\0C(\w{5})\0/.exec(text)?.[1] ?? []);
  }
}
