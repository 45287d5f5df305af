import { describe, expect, it } from 'vitest';
import { silentLog } from './log.js';
import { DEFAULT_MAINTENANCE_LIMITS, Maintenance } from './maintenance.js';

const MEGABYTE = 1024 * 1024;

/** A database that only counts: its log position is set by the test, its statements are recorded. */
class CountedDatabase {
  walBytes = 100 * MEGABYTE;
  batches = 1;
  idleMs = 0;
  free = 1024 * MEGABYTE;
  churning: string[] = [];
  readonly statements: string[] = [];

  query = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
    if (sql.includes('pg_current_wal_insert_lsn')) return [{ bytes: String(this.walBytes) }];
    if (sql.includes('pg_stat_user_tables')) return this.churning.splice(0).map((name) => ({ name }));
    this.statements.push(sql);
    return [];
  };
  activity = () => ({ batches: this.batches, idleMs: this.idleMs });
  freeBytes = async () => this.free;
}

function start() {
  const database = new CountedDatabase();
  return { database, maintenance: new Maintenance(database, DEFAULT_MAINTENANCE_LIMITS, silentLog) };
}

describe('Maintenance', () => {
  it('writes a checkpoint once enough log has been written, and counts from there', async () => {
    const { database, maintenance } = start();
    await maintenance.step();
    database.walBytes += 31 * MEGABYTE;
    database.batches += 1;
    await maintenance.step();
    expect([database.statements, maintenance.walBytes]).toEqual([[], 31 * MEGABYTE]);
    database.walBytes += MEGABYTE;
    database.batches += 1;
    await maintenance.step();
    expect([database.statements, maintenance.walBytes]).toEqual([['CHECKPOINT'], 0]);
  });

  it('tidies once when nothing has run for a while: churning tables, then a smaller checkpoint', async () => {
    const { database, maintenance } = start();
    await maintenance.step();
    database.walBytes += 2 * MEGABYTE;
    database.idleMs = 2000;
    database.churning = ['bullmq.job', 'app."Scan"'];
    await maintenance.step();
    await maintenance.step();
    expect(database.statements).toEqual(['VACUUM (ANALYZE) bullmq.job', 'VACUUM (ANALYZE) app."Scan"', 'CHECKPOINT']);
  });

  it('does nothing at all while nothing was written', async () => {
    const { database, maintenance } = start();
    await maintenance.step();
    database.idleMs = 60_000;
    await maintenance.step();
    await maintenance.step();
    expect(database.statements).toEqual([]);
  });

  it('attempts no checkpoint without room for it, and says that the disk is low', async () => {
    const { database, maintenance } = start();
    database.free = 10 * MEGABYTE;
    expect([await maintenance.checkpoint(), maintenance.diskLow, database.statements]).toEqual([false, true, []]);
    database.idleMs = 60_000;
    database.churning = ['bullmq.job'];
    await maintenance.step();
    await maintenance.step();
    expect(database.statements).toEqual([]);
    database.free = 1024 * MEGABYTE;
    expect([await maintenance.checkpoint(), maintenance.diskLow, database.statements]).toEqual([true, false, ['CHECKPOINT']]);
  });
});
