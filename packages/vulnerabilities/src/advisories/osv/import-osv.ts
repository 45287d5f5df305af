import { createReadStream } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import type { GenerationWriter } from '../../database/generation-writer.js';
import { baseEcosystem } from '../../ecosystems/ecosystems.js';
import type { RefusedRecord } from '../feed.js';
import { isOsvRecord } from './is-osv-record.js';
import { readOsvRecord } from './read-osv-record.js';
import { EntryInflater } from './entry-inflater.js';
import { damagedEntry, readZip } from './read-zip.js';
import type { ZipEntry, ZipLimits } from './read-zip.js';
import { osvLimits, osvRecordSchema } from './schema.js';
import type { OsvRecord } from './schema.js';

/** What to take from a bundle. */
export interface OsvImportOptions {
  /** Keep only affected packages of this ecosystem (without release), for the bundles OSV.dev makes per ecosystem. */
  readonly ecosystem?: string;
  readonly zipLimits?: ZipLimits;
  /** Where an archive is from, for errors; its path when absent. */
  readonly archive?: string;
  readonly signal?: AbortSignal;
  /** Called for each record left out. */
  onRefused?(refused: RefusedRecord): void;
}

/**
 * Reads a bundle (`all.zip`) into the source the writer has open. Bad records are reported and left out.
 * @throws VulnerabilitiesError `bundle-damaged`, `bundle-too-large` for an archive that is not whole: as much as one changed
 *   byte of it says that others may have changed unseen.
 */
export function importOsvZip(file: string, writer: GenerationWriter, options: OsvImportOptions = {}): void {
  const { archive = file } = options;
  using inflater = new EntryInflater();
  for (const entry of readZip(file, options.zipLimits, archive)) {
    if (!entry.name.endsWith('.json')) continue;
    options.signal?.throwIfAborted();
    const content = contentOf(entry, inflater, archive);
    importRecord(entry.name, writer, options, () => {
      if (content instanceof RangeError) throw content;
      // The archive has the record deflated already, exactly as the database keeps it.
      return { bytes: content, deflated: entry.stored ? deflateRawSync(content) : entry.data };
    });
  }
}

/** What an entry holds, valid until the next is read; the error in its place for more than a record may have. */
function contentOf({ name, data, stored, checksum }: ZipEntry, inflater: EntryInflater, archive: string): Buffer | RangeError {
  let content;
  try {
    content = stored ? data : inflater.unfold(data, osvLimits.recordBytes);
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw damagedEntry(archive, name, error);
  }
  if (crc32(content) !== checksum) throw damagedEntry(archive, name);
  return content;
}

/** Reads every `.json` file below a folder, to a depth of eight. Links are not followed. */
export async function importOsvFolder(folder: string, writer: GenerationWriter, options: OsvImportOptions = {}, depth = 8): Promise<void> {
  const found = await opendir(folder);
  for await (const entry of found) {
    options.signal?.throwIfAborted();
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) await importOsvFolder(file, writer, options, depth - 1);
    else if (entry.isFile() && entry.name.endsWith('.json')) await importOsvFile(file, writer, options);
  }
}

/** Reads one record. */
export async function importOsvFile(file: string, writer: GenerationWriter, options: OsvImportOptions = {}): Promise<void> {
  const { size } = await stat(file);
  const chunks: Buffer[] = [];
  if (size <= osvLimits.recordBytes) for await (const chunk of createReadStream(file, { end: osvLimits.recordBytes })) chunks.push(chunk);
  importRecord(path.basename(file), writer, options, () => {
    if (size > osvLimits.recordBytes) throw new RangeError(`It has ${size} bytes.`);
    const bytes = Buffer.concat(chunks);
    return { bytes, deflated: deflateRawSync(bytes, { level: 3 }) };
  });
}

/** Reads one record at hand. */
export function importOsvText(name: string, text: string, writer: GenerationWriter, options: OsvImportOptions = {}): void {
  importRecord(name, writer, options, () => {
    const bytes = Buffer.from(text);
    return { bytes, deflated: deflateRawSync(bytes, { level: 3 }) };
  });
}

function importRecord(name: string, writer: GenerationWriter, options: OsvImportOptions, read: () => { bytes: Buffer; deflated: Uint8Array }): void {
  let record;
  let deflated;
  try {
    const content = read();
    deflated = content.deflated;
    record = readOsvRecord(checked(JSON.parse(content.bytes.toString('utf8'))));
  } catch (error) {
    writer.refuse();
    options.onRefused?.({ name, reason: error instanceof Error ? error.message.slice(0, 200) : 'It cannot be read.' });
    return;
  }
  const wanted = options.ecosystem;
  writer.add(wanted === undefined ? record : { ...record, affected: record.affected.filter((entry) => baseEcosystem(entry.ecosystem) === wanted) }, deflated);
}

/** @throws TypeError that names the field when the schema refuses the record. */
function checked(value: unknown): OsvRecord {
  if (isOsvRecord(value)) return value;
  const parsed = osvRecordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TypeError(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it does not follow the schema'}`);
}
