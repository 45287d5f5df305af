import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Pool, PoolClient } from 'pg';
import { StoreError } from './errors.js';

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));

/** Any fixed number; what matters is that every process asks for the same one. */
const migrationLock = 4_719_260_318;

/**
 * Brings the database's schema forward, in one transaction, one process at a time. There is no way back: a database that a newer
 * version has migrated is refused.
 * @throws StoreError with `newer-database` or `changed-migration`
 */
export async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // Of the transaction, because the embedded database is one session and would share a lock of the session.
    await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await applyMissing(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function applyMissing(client: PoolClient): Promise<void> {
  await client.query('create schema if not exists esscm');
  await client.query('create table if not exists esscm.migrations (written_at bigint primary key, hash text not null)');
  const { rows } = await client.query<{ written_at: string; hash: string }>('select written_at, hash from esscm.migrations');
  const applied = new Map(rows.map((row) => [Number(row.written_at), row.hash]));
  const known = readMigrationFiles({ migrationsFolder });
  for (const migration of known) {
    const hash = applied.get(migration.folderMillis);
    applied.delete(migration.folderMillis);
    if (hash === migration.hash) continue;
    if (hash !== undefined) {
      throw new StoreError({
        code: 'changed-migration',
        message: 'The database was made by a build whose migrations differ from this one.',
        remedy: 'Run the released version that made the database, or restore a backup.',
      });
    }
    for (const statement of migration.sql) await client.query(statement);
    await client.query('insert into esscm.migrations (written_at, hash) values ($1, $2)', [migration.folderMillis, migration.hash]);
  }
  if (applied.size > 0) {
    throw new StoreError({
      code: 'newer-database',
      message: 'The database was migrated by a newer version.',
      remedy: 'Run that version or a later one, or restore the backup made before the upgrade.',
    });
  }
}
