import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importPaths } from '../advisories/import-paths.js';
import type { AdvisoryDatabase } from '../database/advisory-database.js';
import { openAdvisoryDatabase } from '../database/generation-folder.js';
import { zipArchive } from './zip-archive.js';

/** A folder that is removed when it is disposed of; for tests. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'advisories-'));
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Just enough of an OSV record. */
export interface RecordForTest {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A database of the given records, by source; for tests. Dispose of it. */
export async function databaseOf(sources: Readonly<Record<string, readonly RecordForTest[]>>): Promise<AsyncDisposable & { readonly database: AdvisoryDatabase; readonly folder: string }> {
  const folder = await temporaryFolder();
  const files: string[] = [];
  for (const [name, records] of Object.entries(sources)) {
    const file = path.join(folder.path, `${name}.zip`);
    await writeFile(file, zipArchive(Object.fromEntries(records.map((record) => [`${record.id}.json`, JSON.stringify(record)]))));
    files.push(file);
  }
  const generations = path.join(folder.path, 'generations');
  await importPaths(generations, files, { signal: new AbortController().signal, now: '2026-08-01T00:00:00Z' });
  const database = await openAdvisoryDatabase(generations);
  return {
    database,
    folder: generations,
    async [Symbol.asyncDispose]() {
      database.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
