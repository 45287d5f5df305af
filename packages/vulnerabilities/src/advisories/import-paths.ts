import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { buildGeneration } from '../database/generation-folder.js';
import type { BuildOptions } from '../database/generation-folder.js';
import type { GenerationWriter, SourceCounts } from '../database/generation-writer.js';
import { importEpss } from './epss/import-epss.js';
import { importKev } from './kev/import-kev.js';
import { importOsvFile, importOsvFolder, importOsvZip } from './osv/import-osv.js';
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

const maximumFeedBytes = 256 * 1024 * 1024;

/**
 * Builds one new generation from local files: OSV bundles (`.zip`), folders of OSV records, single records (`.json`),
 * CISA's catalogue (`known_exploited_vulnerabilities*.json[.gz]`) and EPSS scores (`epss*.csv[.gz]`). The name of a file is the
 * name of its source: importing it again replaces what it brought. @throws VulnerabilitiesError; the generation in use stays then.
 */
export async function importPaths(folder: string, paths: readonly string[], options: ImportPathsOptions): Promise<ImportedPath[]> {
  const imported: ImportedPath[] = [];
  await buildGeneration(folder, options, async (writer) => {
    for (const file of paths) {
      options.signal.throwIfAborted();
      const base = path.basename(path.resolve(file));
      if (/^known_exploited_vulnerabilities.*\.json(?:\.gz)?$/.test(base)) {
        imported.push(await importEntries('kev', file, writer, options.now, importKev));
        continue;
      }
      if (/^epss.*\.csv(?:\.gz)?$/.test(base)) {
        imported.push(await importEntries('epss', file, writer, options.now, importEpss));
        continue;
      }
      const source = base.replace(/\.(?:zip|json)$/, '');
      writer.beginSource({ name: source, location: path.resolve(file), ...sourceTerms(source) });
      const found = await stat(file);
      if (found.isDirectory()) await importOsvFolder(file, writer, options);
      else if (base.endsWith('.json')) await importOsvFile(file, writer, options);
      else importOsvZip(file, writer, options);
      imported.push({ path: file, source, counts: writer.endSource(options.now), entries: undefined });
    }
  });
  return imported;
}

async function importEntries(source: string, file: string, writer: GenerationWriter, now: string, read: (text: string, writer: GenerationWriter) => number): Promise<ImportedPath> {
  writer.beginSource({ name: source, location: path.resolve(file), ...sourceTerms(source) });
  const entries = read(readGzip(await readFile(file), maximumFeedBytes).toString('utf8'), writer);
  writer.endSource(now, entries);
  return { path: file, source, counts: undefined, entries };
}
