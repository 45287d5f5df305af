import { createWriteStream } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import { DownloadError } from './download-error.js';
import { shownAddress } from './shown-address.js';

/** The part of the standard fetch that is used; give another one for a proxy or a test. */
export type Fetch = (address: string, options: { headers: Record<string, string>; signal: AbortSignal; redirect: 'follow' }) => Promise<Response>;

/** What a server says of a file, to ask later whether it changed. */
export interface Validators {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** What to fetch, and how much of it at most. */
export interface Download {
  readonly address: string;
  /** Where it goes. What was received of it stays beside it (`.part`) when the transfer breaks off, and is continued next time. */
  readonly file: string;
  readonly maximumBytes: number;
  /** From the last download; when nothing changed since, nothing is fetched. */
  readonly held: Validators | undefined;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  /** Milliseconds before the second attempt; doubled for each further one. */
  readonly patienceMs: number;
  onProgress?(receivedBytes: number, totalBytes: number | undefined): void;
}

/** Of one transfer; a broken one is continued where it broke off. */
const attempts = 4;

const partSchema = z.object({ address: z.string(), validator: z.string() });

/**
 * Fetches one file with bounded memory. A transfer that breaks off is continued with a range request, as long as the server
 * says that the file is still the same one (RFC 9110, `If-Range`); otherwise it starts again. Returns undefined when the file
 * did not change. @throws VulnerabilitiesError `download-failed`, `bundle-too-large`.
 */
export async function download(request: Download): Promise<Validators | undefined> {
  let failure: unknown;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await setTimeout(request.patienceMs * 2 ** (attempt - 1), undefined, { signal: request.signal });
    try {
      return await transfer(request);
    } catch (error) {
      request.signal.throwIfAborted();
      if (error instanceof VulnerabilitiesError) throw error;
      failure = error;
    }
  }
  throw failed(request.address, failure instanceof Error ? failure.message : 'the transfer broke off', { cause: failure });
}

/** What is worth another attempt. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

async function transfer(request: Download): Promise<Validators | undefined> {
  const { address, file, signal } = request;
  const part = await readPart(request);
  const headers: Record<string, string> = { accept: '*/*', 'accept-encoding': 'identity' };
  if (part !== undefined) Object.assign(headers, { range: `bytes=${part.bytes}-`, 'if-range': part.validator });
  else if (request.held?.etag !== undefined) headers['if-none-match'] = request.held.etag;
  else if (request.held?.lastModified !== undefined) headers['if-modified-since'] = request.held.lastModified;
  const response = await request.fetch(address, { headers, signal, redirect: 'follow' }).catch((error: unknown) => {
    throw new Interrupted('it cannot be reached', { cause: error });
  });
  const body = await accepted(response, request);
  if (body === undefined) return undefined;
  const start = response.status === 206 ? startOfRange(response) : 0;
  if (response.status === 206 && start !== part?.bytes) {
    await response.body?.cancel();
    await removePart(file);
    throw new Interrupted('it answers with another part than was asked for');
  }
  const validators = { etag: response.headers.get('etag') ?? undefined, lastModified: response.headers.get('last-modified') ?? undefined };
  if (start === 0) await beginPart(request, validators);
  const total = totalBytes(response, start);
  if (total !== undefined && total > request.maximumBytes) throw await tooLarge(request, total);
  const received = await receive(request, body, start, total);
  if (total !== undefined && received !== total) {
    if (received > total) await removePart(file);
    throw new Interrupted(`it said ${total} bytes and sent ${received}`);
  }
  await rename(`${file}.part`, file);
  await rm(`${file}.part.json`, { force: true });
  return validators;
}

/** The body of a usable answer; undefined when nothing changed. */
async function accepted(response: Response, request: Download): Promise<NonNullable<Response['body']> | undefined> {
  if (response.status === 304) {
    await response.body?.cancel();
    return undefined;
  }
  if (response.ok && response.body !== null) return response.body;
  await response.body?.cancel();
  if (response.status === 416) await removePart(request.file);
  const message = `it answers ${response.status}`;
  throw response.status === 416 || response.status === 429 || response.status >= 500 ? new Interrupted(message) : failed(request.address, message, { status: response.status });
}

async function receive(request: Download, body: NonNullable<Response['body']>, start: number, total: number | undefined): Promise<number> {
  let received = start;
  const bounded = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      received += chunk.length;
      request.onProgress?.(received, total);
      done(received > request.maximumBytes ? new RangeError('too large') : null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(body), bounded, createWriteStream(`${request.file}.part`, { flags: start === 0 ? 'w' : 'a' }), { signal: request.signal });
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof RangeError) throw await tooLarge(request, received);
    throw new Interrupted('the transfer broke off', { cause: error });
  }
  return received;
}

/** What an earlier transfer left, if the server can be asked whether it still belongs to the same file. */
async function readPart(request: Download): Promise<{ readonly bytes: number; readonly validator: string } | undefined> {
  try {
    const { address, validator } = partSchema.parse(JSON.parse(await readFile(`${request.file}.part.json`, 'utf8')));
    const { size } = await stat(`${request.file}.part`);
    if (address === request.address && size > 0) return { bytes: size, validator };
  } catch {
    // Nothing usable is there.
  }
  await removePart(request.file);
  return undefined;
}

/** Weak validators and encoded bodies cannot be continued. */
async function beginPart(request: Download, { etag, lastModified }: Validators): Promise<void> {
  await removePart(request.file);
  const validator = etag?.startsWith('"') === true ? etag : etag === undefined ? lastModified : undefined;
  if (validator !== undefined) await writeFile(`${request.file}.part.json`, JSON.stringify({ address: request.address, validator }));
}

async function removePart(file: string): Promise<void> {
  await Promise.all(['part', 'part.json'].map((ending) => rm(`${file}.${ending}`, { force: true })));
}

function startOfRange(response: Response): number {
  return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
}

function totalBytes(response: Response, start: number): number | undefined {
  if (response.headers.get('content-encoding') !== null) return undefined;
  const ofRange = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (ofRange !== undefined) return Number(ofRange);
  const length = response.headers.get('content-length');
  return length === null ? undefined : start + Number(length);
}

async function tooLarge(request: Download, bytes: number): Promise<VulnerabilitiesError> {
  await removePart(request.file);
  return new VulnerabilitiesError('bundle-too-large', `${shownAddress(request.address)} has ${bytes} bytes or more; at most ${request.maximumBytes} are taken.`, 'Check the address.');
}

function failed(address: string, why: string, details: { readonly status?: number; readonly cause?: unknown }): DownloadError {
  return new DownloadError(`${shownAddress(address)} was not fetched: ${why}.`, 'Check the network and the address, then update again; the database in use stays.', details);
}
