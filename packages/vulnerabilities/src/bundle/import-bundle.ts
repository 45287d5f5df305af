import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { diskFailure } from '../disk-failure.js';
import { placeGeneration } from '../database/generation-folder.js';
import type { BuildOptions } from '../database/generation-folder.js';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import { bundledDatabaseVersion, bundleHeaderSchema, bundleMark, bundleName, maximumHeaderBytes } from './bundle-header.js';
import type { BundleHeader } from './bundle-header.js';

/** Far above any database; a header that promises more is refused. */
const maximumDatabaseBytes = 32 * 1024 * 1024 * 1024;

/** True when a file begins as a bundle does, of whatever version. */
export async function isBundle(file: string): Promise<boolean> {
  const mark = await beginning(file, bundleName.length);
  return mark.toString('latin1') === bundleName;
}

/**
 * Puts the database of a bundle in place of the one in use, after its checksum, its structure and known answers were
 * checked. What was in use is kept to go back to, and stays in use when anything fails. Returns what the bundle says of itself.
 * @throws VulnerabilitiesError `bundle-damaged`, `bundle-outdated`, `bundle-too-large`, `database-shrunk`, `database-damaged`.
 */
export async function importBundle(folder: string, file: string, options: BuildOptions & { readonly signal: AbortSignal }): Promise<BundleHeader> {
  const { header, start } = await readHeader(file);
  if (header.databaseVersion !== bundledDatabaseVersion) {
    throw new VulnerabilitiesError('bundle-outdated', `${file} has version ${header.databaseVersion} of the advisory database; this program reads version ${bundledDatabaseVersion}.`, 'Export it again with the same version of ESSCM.');
  }
  if (header.bytes > maximumDatabaseBytes) throw new VulnerabilitiesError('bundle-too-large', `${file} says it holds ${header.bytes} bytes.`, 'Check where it comes from.');
  await placeGeneration(folder, options, (temporary) => unpack(file, start, header, temporary, options.signal));
  return header;
}

async function unpack(file: string, start: number, header: BundleHeader, target: string, signal: AbortSignal): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  const checking = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > header.bytes ? damaged(file, 'it unfolds to more than it says') : null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(file, { start }), createZstdDecompress(), checking, createWriteStream(target, { flags: 'wx', flush: true }), { signal });
  } catch (error) {
    signal.throwIfAborted();
    const failure = diskFailure(error, path.dirname(target));
    if (failure instanceof VulnerabilitiesError) throw failure;
    throw damaged(file, 'its content is cut off or changed', error);
  }
  if (bytes !== header.bytes || hash.digest('hex') !== header.sha256) throw damaged(file, 'its checksum is another one');
}

async function readHeader(file: string): Promise<{ header: BundleHeader; start: number }> {
  const bytes = await beginning(file, bundleMark.length + maximumHeaderBytes);
  const [, version] = /^ESSCM-ADVISORIES (\d{1,9})\n/.exec(bytes.toString('latin1', 0, 64)) ?? [];
  if (version !== undefined && version !== '1') throw new VulnerabilitiesError('bundle-outdated', `${file} is a bundle of version ${version}; this program reads version 1.`, 'Export it again with the same version of ESSCM.');
  if (bytes.toString('latin1', 0, bundleMark.length) !== bundleMark) throw damaged(file, 'it does not begin as a bundle');
  const end = bytes.indexOf(0x0a, bundleMark.length);
  try {
    if (end === -1) throw new RangeError('The header does not end.');
    return { header: bundleHeaderSchema.parse(JSON.parse(bytes.toString('utf8', bundleMark.length, end))), start: end + 1 };
  } catch (error) {
    throw damaged(file, 'its header cannot be read', error);
  }
}

async function beginning(file: string, length: number): Promise<Buffer> {
  await using handle = await open(file, 'r');
  const { size } = await handle.stat();
  const bytes = Buffer.alloc(Math.min(length, size));
  await handle.read(bytes, 0, bytes.length, 0);
  return bytes;
}

function damaged(file: string, why: string, cause?: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('bundle-damaged', `${file} is not a bundle of advisories that can be used: ${why}.`, 'Copy it again, and compare its checksum with the one shown when it was exported; the database in use stays.', cause);
}
