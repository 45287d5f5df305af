import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { deflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { AdvisoryDatabase, StoredSource } from '../database/advisory-database.js';
import type { GenerationWriter } from '../database/generation-writer.js';
import type { AdvisoryRecord } from './advisory-record.js';
import type { DownloadedFile, Downloads } from './downloads.js';
import type { SourceTerms } from './source-terms.js';

/** A source of advisories, or of facts about them, that can be fetched. One folder beside this file each. */
export interface Feed {
  /** Stable; the name of the source in the database. */
  readonly source: string;
  readonly terms: SourceTerms;
  /** Where it is read from, shown to users. */
  readonly location: string;
  /** It asks about what other sources brought, and is fetched once they are in place. */
  readonly asksAboutOthers?: true;
  /**
   * Fetches what is needed and writes to no database. `held` is what the database has of the source; `others` is for sources
   * that ask about them. Undefined when nothing changed. @throws VulnerabilitiesError
   */
  fetch(downloads: Downloads, held: StoredSource | undefined, others: Others): Promise<FetchedFeed | undefined>;
}

/** What a source may ask about. */
interface Others {
  /** With what the other sources brought; undefined while there is none. The caller closes it. */
  readonly database: AdvisoryDatabase | undefined;
  /** Names of the packages that matter; undefined for all. */
  readonly packages: ReadonlySet<string> | undefined;
}

/** A feed at hand, ready to be read. */
export interface FetchedFeed {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly cursor?: string | undefined;
  /** Only changes: what the source brought before stays otherwise. */
  readonly isPartial?: boolean;
  /**
   * Writes the source the writer has open; may be called again after a failure. Returns the number of entries of sources that
   * are no advisories. @throws VulnerabilitiesError when it has another form than documented.
   */
  write(writer: GenerationWriter, report: FeedReport): Promise<number> | number;
  /** Called once the records are in place. */
  done?(): Promise<void>;
}

/** What is told while a feed is read. */
export interface FeedReport {
  readonly signal: AbortSignal;
  /** RFC 3339; the moment of the update. */
  readonly now: string;
  /** A record that was left out. */
  onRefused?(refused: RefusedRecord): void;
}

/** A record that was left out, and why. */
export interface RefusedRecord {
  /** File name in the bundle or folder, or the name of the record. */
  readonly name: string;
  readonly reason: string;
}

/** A record, and what it was made from. */
export interface ReadRecord {
  readonly record: AdvisoryRecord;
  /** Kept as JSON, for people. */
  readonly body: unknown;
}

/** Reads records of one name and keeps them; when that fails they are left out by name, and the others of the feed are kept. */
export function keepRecords(writer: GenerationWriter, report: FeedReport, name: string, read: () => readonly ReadRecord[]): void {
  report.signal.throwIfAborted();
  let records;
  try {
    records = read();
  } catch (error) {
    writer.refuse();
    report.onRefused?.({ name, reason: reasonOf(error) });
    return;
  }
  for (const { record, body } of records) writer.add(record, deflateRawSync(JSON.stringify(body), { level: 3 }));
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return `${error.issues[0]?.path.join('.') ?? ''}: ${error.issues[0]?.message ?? 'it has another form'}`.slice(0, 200);
  return error instanceof Error ? error.message.slice(0, 200) : 'It cannot be read.';
}

/** Changes when any of the files does. */
export async function fingerprint(files: readonly DownloadedFile[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) await pipeline(createReadStream(file.path), hash, { end: false });
  return hash.digest('hex');
}

/** `base` as a folder, and what is in it. */
export function addressIn(base: string, relative: string): string {
  return new URL(relative, base.endsWith('/') ? base : `${base}/`).href;
}
