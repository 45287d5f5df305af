import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';

/** The part of the standard fetch that is used; give another one for a proxy or a test. */
export type Fetch = (address: string, options: { headers: Record<string, string>; signal: AbortSignal; redirect: 'follow' }) => Promise<Response>;

/** What to fetch, and how much of it at most. */
export interface Download {
  readonly address: string;
  readonly file: string;
  readonly maximumBytes: number;
  /** From the last download; when nothing changed since, nothing is fetched. */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
}

/** What the server said of the file, or that it is the one already held. */
export type DownloadOutcome = { readonly changed: false } | { readonly changed: true; readonly etag: string | undefined; readonly lastModified: string | undefined };

/** Writes the body of a response to a file, with bounded memory. @throws VulnerabilitiesError `download-failed`, `bundle-too-large`. */
export async function download(request: Download): Promise<DownloadOutcome> {
  const { address, maximumBytes, signal } = request;
  const headers: Record<string, string> = { accept: '*/*' };
  if (request.etag !== undefined) headers['if-none-match'] = request.etag;
  else if (request.lastModified !== undefined) headers['if-modified-since'] = request.lastModified;
  let response;
  try {
    response = await request.fetch(address, { headers, signal, redirect: 'follow' });
  } catch (error) {
    signal.throwIfAborted();
    throw failed(address, 'it cannot be reached', error);
  }
  if (response.status === 304) {
    await response.body?.cancel();
    return { changed: false };
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw failed(address, `it answers ${response.status}`);
  }
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      done(bytes > maximumBytes ? new VulnerabilitiesError('bundle-too-large', `${address} is larger than ${maximumBytes} bytes.`, 'Check the address.') : null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(response.body), bounded, createWriteStream(request.file, { flags: 'wx' }), { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof VulnerabilitiesError ? error : failed(address, 'the transfer broke off', error);
  }
  return { changed: true, etag: response.headers.get('etag') ?? undefined, lastModified: response.headers.get('last-modified') ?? undefined };
}

function failed(address: string, why: string, cause?: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('download-failed', `${address} was not fetched: ${why}.`, 'Check the network and the address, then update again; the database in use stays.', cause);
}
