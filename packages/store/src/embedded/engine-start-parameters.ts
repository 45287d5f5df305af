/**
 * Command line of the engine. PGlite's own list with `-F` (no synchronisation) left out and the settings added that make
 * commits durable and memory small. `wal_sync_method=fsync` because the default, fdatasync, is an empty function here.
 */
export const ENGINE_START_PARAMETERS: string[] = [
  '--single',
  '-O',
  '-j',
  ...[
    'search_path=public',
    'exit_on_error=false',
    'log_checkpoints=false',
    'max_worker_processes=0',
    'max_parallel_workers=0',
    'max_parallel_workers_per_gather=0',
    'max_parallel_maintenance_workers=0',
    'io_method=sync',
    'fsync=on',
    'synchronous_commit=on',
    'full_page_writes=on',
    'wal_sync_method=fsync',
    'shared_buffers=32MB',
    'max_wal_size=64MB',
    'min_wal_size=32MB',
  ].flatMap((setting) => ['-c', setting]),
];

/** Major version of the engine, as PG_VERSION names it. */
export const ENGINE_MAJOR_VERSION = '18';
