import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import { DownloadError } from './download-error.js';
import { download } from './download.js';
import type { Fetch, Validators } from './download.js';
import { shownAddress } from './shown-address.js';

/** How files of feeds are fetched. */
export interface DownloadsOptions {
  /** Kept between updates, so that transfers go on where they broke off and unchanged files are not fetched again. */
  readonly folder: string;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  readonly patienceMs: number;
  onProgress?(this: void, progress: DownloadProgress): void;
}

/** How far one transfer is. */
export interface DownloadProgress {
  readonly address: string;
  readonly receivedBytes: number;
  /** Undefined when the server does not say. */
  readonly totalBytes: number | undefined;
}

/** A file at hand. */
export interface DownloadedFile extends Validators {
  readonly path: string;
}

const metadataSchema = z.object({ etag: z.string().optional(), lastModified: z.string().optional() });

/** Files nobody asked for in so many days are removed. */
const daysKept = 14;

/** Fetches the files of feeds into a folder. Addresses are http:, https: or file:, which is read where it lies. */
export class Downloads {
  readonly #options: DownloadsOptions;

  constructor(options: DownloadsOptions) {
    this.#options = options;
  }

  /** Between two questions to a server that is asked many, in milliseconds. */
  get pauseMs(): number {
    return this.#options.patienceMs / 5;
  }

  get signal(): AbortSignal {
    return this.#options.signal;
  }

  /**
   * A file, fetched unless it is here and did not change. With `held`, what the caller remembers of it, undefined is answered
   * when it is still that one. @throws VulnerabilitiesError `download-failed`, `bundle-too-large`.
   */
  async file(address: string, maximumBytes: number, held?: Validators): Promise<DownloadedFile | undefined> {
    const found = new URL(address).protocol === 'file:' ? await localFile(address, maximumBytes) : await this.#remoteFile(address, maximumBytes, held);
    return found !== undefined && held !== undefined && isSame(found, held) ? undefined : found;
  }

  /** A file whose address changes with its content: what is here is not asked for again. */
  async unchanging(address: string, maximumBytes: number): Promise<DownloadedFile> {
    const file = this.#place(address);
    const here = new URL(address).protocol === 'file:' ? undefined : await readMetadata(file);
    if (here !== undefined) return this.#touched(file, here);
    const found = await this.file(address, maximumBytes);
    if (found === undefined) throw new VulnerabilitiesError('download-failed', `${shownAddress(address)} was not fetched: it answers 304.`, 'Update again; the database in use stays.');
    return found;
  }

  /** A small file as text. */
  async text(address: string, maximumBytes: number): Promise<string> {
    const found = await this.file(address, maximumBytes);
    return found === undefined ? '' : readFile(found.path, 'utf8');
  }

  /** A file a source may do without, or undefined when there is none. Stores whose content may not be listed say so with 403. */
  optionalFile(address: string, maximumBytes: number): Promise<DownloadedFile | undefined> {
    return this.#fileUnless([403, 404, 410], address, maximumBytes);
  }

  /** A file that a list names, or undefined when the server says that it is there no more; a refusal (403) does not say that. */
  listedFile(address: string, maximumBytes: number): Promise<DownloadedFile | undefined> {
    return this.#fileUnless([404, 410], address, maximumBytes);
  }

  /** Removes a large file that was read; what the server said of it stays with the caller. */
  async discard(file: DownloadedFile): Promise<void> {
    if (path.dirname(file.path) === this.#options.folder) await Promise.all([rm(file.path, { force: true }), rm(`${file.path}.json`, { force: true })]);
  }

  /** Removes what nobody asked for lately. `now` is in milliseconds. */
  async removeOld(now: number): Promise<void> {
    for (const name of await readdir(this.#options.folder).catch(() => [])) {
      const file = path.join(this.#options.folder, name);
      const { mtimeMs } = await stat(file);
      if (now - mtimeMs > daysKept * 86_400_000) await rm(file, { force: true });
    }
  }

  async #fileUnless(absent: readonly number[], address: string, maximumBytes: number): Promise<DownloadedFile | undefined> {
    try {
      return await this.file(address, maximumBytes);
    } catch (error) {
      if (error instanceof DownloadError && error.status !== undefined && absent.includes(error.status)) return undefined;
      throw error;
    }
  }

  async #remoteFile(address: string, maximumBytes: number, held: Validators | undefined): Promise<DownloadedFile | undefined> {
    const { folder, fetch, signal, patienceMs, onProgress } = this.#options;
    await mkdir(folder, { recursive: true });
    const file = this.#place(address);
    const here = await readMetadata(file);
    const fetched = await download({
      address, file, maximumBytes, fetch, signal, patienceMs,
      held: here ?? held,
      ...(onProgress === undefined ? {} : { onProgress: (receivedBytes, totalBytes) => onProgress({ address: shownAddress(address), receivedBytes, totalBytes }) }),
    });
    if (fetched === undefined) {
      return here === undefined ? undefined : this.#touched(file, here);
    }
    await writeFile(`${file}.json`, JSON.stringify(fetched));
    return { path: file, ...fetched };
  }

  #place(address: string): string {
    return path.join(this.#options.folder, createHash('sha256').update(address).digest('hex').slice(0, 32));
  }

  async #touched(file: string, validators: Validators): Promise<DownloadedFile> {
    const now = new Date();
    await Promise.all([utimes(file, now, now), utimes(`${file}.json`, now, now)]);
    return { path: file, ...validators };
  }
}

/** Same by its strongest validator; without any, never. */
function isSame(one: Validators, other: Validators): boolean {
  return one.etag === undefined ? one.lastModified !== undefined && one.lastModified === other.lastModified : one.etag === other.etag;
}

async function readMetadata(file: string): Promise<Validators | undefined> {
  try {
    await stat(file);
    const { etag, lastModified } = metadataSchema.parse(JSON.parse(await readFile(`${file}.json`, 'utf8')));
    return { etag, lastModified };
  } catch {
    return undefined;
  }
}

async function localFile(address: string, maximumBytes: number): Promise<DownloadedFile> {
  const file = fileURLToPath(address);
  const found = await stat(file).catch((error: unknown) => {
    throw new DownloadError(`${address} was not read: there is no such file.`, 'Check the folder the source is configured to read.', { status: 404, cause: error });
  });
  if (found.size > maximumBytes) throw new VulnerabilitiesError('bundle-too-large', `${address} has ${found.size} bytes; at most ${maximumBytes} are taken.`, 'Check the folder the source is configured to read.');
  return { path: file, etag: `"${found.size}-${found.mtimeMs}"`, lastModified: undefined };
}
