import { join } from 'node:path';
import pg from 'pg';
import { embeddedClientOptions } from './embedded/embedded-client-options.js';
import { openEmbeddedDatabase, type EmbeddedDatabase, type EmbeddedDatabaseLimits } from './embedded/embedded-database.js';
import { errorMessage, silentLog, type DatabaseLog } from './embedded/log.js';
import { serverClientOptions } from './embedded/server-client-options.js';

/** A pool of connections with one name and one search path. */
export interface PoolOptions {
  /** Most connections at once. */
  readonly max: number;
  /** Seen in `pg_stat_activity` and in messages about who holds the database. */
  readonly applicationName: string;
  /** Schemas, first to last, that unqualified names are looked up in. Default: the database's own. */
  readonly searchPath?: readonly string[];
}

/** The one database of an installation, whichever kind it is. All pools speak to it through the same driver. */
export interface Database {
  readonly kind: 'embedded' | 'postgresql';
  /** For requests of users: at most 8 connections; in the embedded database it goes before other pools. */
  readonly pool: pg.Pool;
  /** The embedded database itself, for health and backups; undefined with a server. */
  readonly embedded: EmbeddedDatabase | undefined;
  /** Another pool. The caller may end it; `close` ends it too. */
  createPool(options: PoolOptions): pg.Pool;
  /** Ends every pool, then the embedded database. Stop whatever uses the pools first. */
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  /** `postgresql://` URL of a server. Without it the embedded database in `dataFolder` is used. */
  readonly databaseUrl?: string;
  readonly dataFolder: string;
  readonly log?: DatabaseLog;
  /** Limits of the embedded database. */
  readonly limits?: Partial<EmbeddedDatabaseLimits>;
}

/** Name and size of the application's own pool. */
const APPLICATION_NAME = 'esscm';
const APPLICATION_POOL_SIZE = 8;

/**
 * Opens the database. With a server nothing is connected yet: the first query is what fails when it cannot be reached.
 * Throws `EmbeddedDatabaseError` for the embedded one, `TypeError` for an unreadable URL.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const log = options.log ?? silentLog;
  const { databaseUrl } = options;
  const embedded =
    databaseUrl === undefined
      ? await openEmbeddedDatabase({
          folder: join(options.dataFolder, 'database'),
          log,
          interactiveApplications: [APPLICATION_NAME],
          ...(options.limits === undefined ? {} : { limits: options.limits }),
        })
      : undefined;
  const pools = new Set<pg.Pool>();

  const createPool = ({ max, applicationName, searchPath }: PoolOptions): pg.Pool => {
    const path = searchPath === undefined ? {} : { options: searchPathOption(searchPath) };
    const client =
      embedded === undefined
        ? serverClientOptions(databaseUrl ?? '', { applicationName, ...path })
        : embeddedClientOptions(() => embedded.stream(), { applicationName, ...path });
    const pool = new pg.Pool({ ...client, max });
    // A connection that fails while idle, or while checked out between two queries, is the pool's business; without
    // listeners the event would end the process.
    const report = (error: unknown): void => log.warn({ pool: applicationName, reason: errorMessage(error) }, 'database connection lost');
    pool.on('error', report);
    pool.on('connect', (connection) => connection.on('error', report));
    pools.add(pool);
    return pool;
  };

  const pool = createPool({ max: APPLICATION_POOL_SIZE, applicationName: APPLICATION_NAME });
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([...pools].filter(({ ending }) => !ending).map((open) => open.end()));
    await embedded?.close();
  };
  return {
    kind: embedded === undefined ? 'postgresql' : 'embedded',
    pool,
    embedded,
    createPool,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

function searchPathOption(schemas: readonly string[]): string {
  const list = schemas.map((schema) => `"${schema.replaceAll('"', '""')}"`).join(',');
  return `-c search_path=${list.replaceAll('\\', '\\\\').replaceAll(' ', '\\ ')}`;
}
