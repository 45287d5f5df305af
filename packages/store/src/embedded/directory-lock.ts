import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EmbeddedDatabaseError } from './errors.js';

/**
 * Excludes every other process, on this host or in another pid namespace of it, from a folder: an exclusive transaction on a
 * small SQLite file that stays open. The kernel releases it on any kind of death, so it is never stale. Nothing else in
 * this process may open that file, as closing any descriptor of it drops the lock.
 */
export class DirectoryLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Takes the lock at once or throws `EmbeddedDatabaseError` with code `folder-in-use`, naming the holder. */
  static acquire(folder: string): DirectoryLock {
    const database = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (cause) {
      database.close();
      throw new EmbeddedDatabaseError(
        'folder-in-use',
        `the database folder ${folder} is in use by ${readHolder(folder)}`,
        'Stop the other process, or give this one another data folder. Several processes need a PostgreSQL server.',
        { cause },
      );
    }
    // Only for the message of whoever comes second; the lock itself does not depend on it.
    writeFileSync(join(folder, 'lock-holder.json'), JSON.stringify({ pid: process.pid, host: hostname() }));
    return new DirectoryLock(database);
  }

  release(): void {
    this.#database.close();
  }
}

function readHolder(folder: string): string {
  try {
    const holder: unknown = JSON.parse(readFileSync(join(folder, 'lock-holder.json'), 'utf8'));
    if (typeof holder === 'object' && holder !== null && 'pid' in holder && 'host' in holder) {
      return `process ${String(holder.pid)} on host ${String(holder.host)}`;
    }
  } catch {
    // The holder may not have written it yet.
  }
  return 'another process';
}
