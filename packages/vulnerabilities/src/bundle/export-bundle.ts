import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { mayBeHandedOn } from '../advisories/source-terms.js';
import { AdvisoryDatabase } from '../database/advisory-database.js';
import { listGenerations, openAdvisoryDatabase } from '../database/generation-folder.js';
import { diskFailure } from '../disk-failure.js';
import { GenerationWriter } from '../database/generation-writer.js';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import { bundledDatabaseVersion, bundleMark } from './bundle-header.js';
import type { BundleHeader } from './bundle-header.js';

/** What was written. */
export interface ExportedBundle {
  readonly header: BundleHeader;
  readonly bytes: number;
  /** Of the file, in hexadecimal, to compare on the other side. */
  readonly sha256: string;
}

/** Slow enough to be small: a bundle is written once and copied around. */
const compressionLevel = 9;

/**
 * Writes the current generation of a folder as one file, which `importBundle` takes on a machine without a network. Sources
 * whose terms forbid handing them on are left out. `now` is RFC 3339. The file appears when it is complete.
 * @throws VulnerabilitiesError `database-missing`, `database-damaged`, `disk-full`, `folder-unwritable`.
 */
export async function exportBundle(folder: string, file: string, options: { readonly now: string; readonly signal: AbortSignal }): Promise<ExportedBundle> {
  const target = path.dirname(path.resolve(file));
  const workplace = await mkdtemp(path.join(target, '.esscm-bundle-')).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new VulnerabilitiesError('folder-unwritable', `There is no folder ${target}.`, 'Make it, or name another place for the file.', error);
    throw diskFailure(error, target);
  });
  try {
    const database = path.join(workplace, 'advisories.sqlite');
    const leftOut = await copyWithout(folder, database, workplace);
    const header = await describe(database, leftOut, options.now);
    const hash = createHash('sha256');
    const whole = path.join(workplace, 'bundle');
    const content = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from(bundleMark);
      yield Buffer.from(`${JSON.stringify(header)}\n`);
      yield* createReadStream(database).pipe(createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: compressionLevel, [constants.ZSTD_c_checksumFlag]: 1 } }));
    };
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(Readable.from(content()), hashing, createWriteStream(whole, { flags: 'wx', flush: true }), { signal: options.signal });
    const { size } = await stat(whole);
    await rename(whole, file);
    return { header, bytes: size, sha256: hash.digest('hex') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR') throw new VulnerabilitiesError('folder-unwritable', `${file} is a folder.`, 'Name the file to write.', error);
    throw diskFailure(error, target);
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

/** A copy without free pages and without what may not be handed on; names of the latter. */
async function copyWithout(folder: string, target: string, workplace: string): Promise<string[]> {
  using current = await openAdvisoryDatabase(folder);
  const leftOut = current.sources().filter((source) => !mayBeHandedOn(source.licence)).map((source) => source.name);
  const generation = (await listGenerations(folder)).at(-1) ?? '';
  const copy = path.join(workplace, 'copy.sqlite');
  await copyFile(generation, copy);
  if (leftOut.length > 0) {
    const writer = new GenerationWriter(copy, { buildOn: true });
    for (const name of leftOut) writer.dropSource(name);
    writer.finish();
  }
  const database = new DatabaseSync(copy);
  try {
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    database.close();
  }
  await rm(copy);
  return leftOut;
}

async function describe(file: string, leftOut: readonly string[], now: string): Promise<BundleHeader> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  using database = AdvisoryDatabase.open(file);
  return {
    databaseVersion: bundledDatabaseVersion,
    createdAt: now,
    bytes: (await stat(file)).size,
    sha256: hash.digest('hex'),
    sources: database.sources().map(({ name, records, importedAt, licence, attribution }) => ({ name, records, importedAt, licence, attribution })),
    leftOut: [...leftOut],
  };
}
