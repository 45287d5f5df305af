import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { buildGeneration } from '../database/generation-folder.js';
import type { BuildOptions } from '../database/generation-folder.js';
import type { GenerationWriter, SourceCounts } from '../database/generation-writer.js';
import { importEpss } from './epss/import-epss.js';
import { importKev } from './kev/import-kev.js';
import { importOsvFile, importOsvFolder, importOsvZip } from './osv/import-osv.js';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import type { RefusedRecord } from './feed.js';
import { readGzip } from './read-gzip.js';
import { sourceTerms } from './source-terms.js';

/** How to import local files. */
export interface ImportPathsOptions extends BuildOptions {
  readonly signal: AbortSignal;
  /** RFC 3339; written as the time of the import. */
  readonly now: string;
  onRefused?(refused: RefusedRecord): void;
}

/** What one path brought. */
export interface ImportedPath {
  readonly path: string;
  readonly source: string;
  readonly counts: SourceCounts | undefined;
  /** Rows of an enrichment feed. */
  readonly entries: number | undefined;
}

const kevName = /^known_exploited_vulnerabilities.*\.json(?:\.gz)?$/;
const epssName = /^epss.*\.csv(?:\.gz)?$/;
const maximumFeedBytes = 256 * 1024 * 1024;

/**
 * Builds one new generation from local files: OSV bundles (`.zip`), folders of bundles, folders of OSV records, single records (`.json`),
 * CISA's catalogue (`known_exploited_vulnerabilities*.json[.gz]`) and EPSS scores (`epss*.csv[.gz]`). The name of a file is the
 * name of its source: importing it again replaces what it brought. @throws VulnerabilitiesError; the generation in use stays then.
 */
export async function importPaths(folder: string, paths: readonly string[], options: ImportPathsOptions): Promise<ImportedPath[]> {
  const imported: ImportedPath[] = [];
  await buildGeneration(folder, options, async (writer) => {
    for (const file of (await Promise.all(paths.map(expandFolder))).flat()) {
      options.signal.throwIfAborted();
      const base = path.basename(path.resolve(file));
      if (kevName.test(base)) {
        imported.push(await importEntries('kev', file, writer, options.now, importKev));
        continue;
      }
      if (epssName.test(base)) {
        imported.push(await importEntries('epss', file, writer, options.now, importEpss));
        continue;
      }
      const source = base.replace(/\.(?:zip|json)$/, '');
      writer.beginSource({ name: source, location: path.resolve(file), ...sourceTerms(source) });
      const found = await statOf(file);
      if (found.isDirectory()) await importOsvFolder(file, writer, options);
      else if (base.endsWith('.json')) await importOsvFile(file, writer, options);
      else importOsvZip(file, writer, options);
      const counts = writer.endSource(options.now);
      if (counts.records === 0) throw new VulnerabilitiesError('nothing-to-import', `${file} holds no advisory that can be read.`, 'Name OSV bundles (all.zip), folders of OSV records, the CISA catalogue or EPSS scores; the database in use stays.');
      imported.push({ path: file, source, counts, entries: undefined });
    }
  });
  return imported;
}

/** A folder of feeds stands for the feeds in it; a folder of records, which has no archive in it, for itself. */
async function expandFolder(place: string): Promise<string[]> {
  if (!(await statOf(place)).isDirectory()) return [place];
  const names = (await readdir(place)).filter((name) => name.endsWith('.zip') || kevName.test(name) || epssName.test(name));
  return names.some((name) => name.endsWith('.zip')) ? names.toSorted().map((name) => path.join(place, name)) : [place];
}

async function statOf(file: string): ReturnType<typeof stat> {
  try {
    return await stat(file);
  } catch (error) {
    const why = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file or folder' : 'it may not be read';
    throw new VulnerabilitiesError('file-unreadable', `${file} was not read: ${why}.`, 'Check its path and who may read it; the database in use stays.', error);
  }
}

async function importEntries(source: string, file: string, writer: GenerationWriter, now: string, read: (text: string, writer: GenerationWriter) => number): Promise<ImportedPath> {
  writer.beginSource({ name: source, location: path.resolve(file), ...sourceTerms(source) });
  const entries = read(readGzip(await readFile(file), maximumFeedBytes).toString('utf8'), writer);
  writer.endSource(now, entries);
  return { path: file, source, counts: undefined, entries };
}
