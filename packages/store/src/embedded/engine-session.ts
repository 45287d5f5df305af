import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { copyFailMessage, syncMessage } from './backend-messages.js';
import { ENGINE_START_PARAMETERS } from './engine-start-parameters.js';
import type { EngineJob, EngineReply } from './engine-messages.js';
import { readReply } from './read-reply.js';
import { SyncedNodeFS } from './synced-node-fs.js';

/** The engine no longer follows the protocol: nothing it says afterwards can be trusted. */
class BrokenEngineError extends Error {
  override readonly name = 'BrokenEngineError';
}

const NO_COPY = Buffer.concat([copyFailMessage('not supported')]);
const NO_COPY_THEN_SYNC = Buffer.concat([copyFailMessage('not supported'), syncMessage()]);

/** PGlite on the calling thread, opened for durability. Runs batches of wire protocol one at a time and blocks meanwhile. */
export class EngineSession {
  readonly #database: PGlite;
  readonly #syncCount: () => number;

  private constructor(database: PGlite, syncCount: () => number) {
    this.#database = database;
    this.#syncCount = syncCount;
  }

  /** Opens an existing database. Throws when the folder holds none. The caller closes the session. */
  static async open(folder: string): Promise<EngineSession> {
    // Without this check the engine would create an empty database where a full one was lost.
    if (!existsSync(join(folder, 'PG_VERSION'))) throw new Error(`${folder} holds no database`);
    return EngineSession.#start(folder);
  }

  /** Creates a database in an existing empty folder and opens it. The caller closes the session. */
  static async create(folder: string): Promise<EngineSession> {
    if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
    return EngineSession.#start(folder);
  }

  static async #start(folder: string): Promise<EngineSession> {
    let syncs = 0;
    const fileSystem = new SyncedNodeFS(folder, () => {
      syncs += 1;
    });
    const database = await PGlite.create({
      fs: fileSystem,
      startParams: [...ENGINE_START_PARAMETERS],
      extensions: { pg_trgm },
    });
    return new EngineSession(database, () => syncs);
  }

  /** The values a server announces at start-up, asked from the engine where they can differ between versions. */
  async parameters(): Promise<Map<string, string>> {
    const { rows } = await this.#database.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name in ('server_version', 'server_encoding', 'client_encoding',
       'DateStyle', 'TimeZone', 'IntervalStyle', 'integer_datetimes', 'standard_conforming_strings')`,
    );
    return new Map(rows.map((row) => [row.name, row.setting]));
  }

  /** Runs one batch. Throws `BrokenEngineError` when the answer lacks what the protocol promises. */
  run(job: EngineJob): EngineReply {
    if (job.prelude !== undefined) {
      const prelude = this.#execute(job.prelude, 1, true);
      if (prelude.error !== undefined) return { ...this.#reply(prelude), preludeError: prelude.error };
    }
    const batch = new Uint8Array(job.batch);
    const guarded = job.mayCopyIn ? Buffer.concat([batch, job.end === 'sync' ? NO_COPY_THEN_SYNC : NO_COPY]) : batch;
    return this.#reply(this.#execute(guarded, 1, job.end !== 'flush'));
  }

  #reply(reply: ReturnType<typeof readReply>): EngineReply {
    const { bytes, status, tags, notifications } = reply;
    return { kind: 'reply', bytes, status, tags, notifications, preludeError: undefined, syncs: this.#syncCount() };
  }

  #execute(messages: Uint8Array, ready: number, mustBeReady: boolean): ReturnType<typeof readReply> {
    const chunks: Uint8Array[] = [];
    // The streaming call is the one that leaves the answer unparsed: the other also keeps every parsed row for ever. Its
    // work is done when it returns; the promise only carries a failure.
    let failure: unknown;
    void this.#database
      .execProtocolRawStream(messages, { syncToFs: false, onRawData: (bytes) => void chunks.push(bytes.slice()) })
      .catch((error: unknown) => {
        failure = error;
      });
    let reply: ReturnType<typeof readReply>;
    try {
      reply = readReply(concatenate(chunks), ready);
    } catch (error) {
      throw new BrokenEngineError('the engine sent a malformed answer', { cause: failure ?? error });
    }
    // After a failed checkpoint on a full disk, an INSERT came back empty and had stored nothing. Never call that ready.
    if (mustBeReady && reply.status === undefined) {
      throw new BrokenEngineError('the engine finished a batch without becoming ready', { cause: failure });
    }
    return reply;
  }

  /** Ends the database in good order. */
  async close(): Promise<void> {
    await this.#database.close();
  }
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return joined;
}
