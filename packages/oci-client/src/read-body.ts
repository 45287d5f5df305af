import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { OciError } from './errors.js';
import { connectionError } from './connection-error.js';

export interface ReadBodyOptions {
  readonly host: string;
  /** For messages: `the manifest nginx/nginx:latest`. */
  readonly subject: string;
  readonly signal: AbortSignal;
}

/**
 * A whole answer in memory.
 * @throws OciError `limit` as soon as it is longer than `limitBytes`, `unreachable` when it is cut off
 */
export async function readBody(response: IncomingMessage, limitBytes: number, options: ReadBodyOptions): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limitBytes) throw tooLarge(options, limitBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    throw connectionError(error, options.host, options.signal);
  }
  return Buffer.concat(chunks, length);
}

const skippedBytes = 64 * 1024;

/** Ends an answer nobody reads: a short one is drained so that its connection can be used again, a long one is cut. */
export function discardBody(response: IncomingMessage): void {
  const length = Number(response.headers['content-length'] ?? Number.NaN);
  response.on('error', () => undefined);
  if (length <= skippedBytes) response.resume();
  else response.destroy();
}

/** Collects a stream that is already bounded and verified. */
export async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function tooLarge({ host, subject }: ReadBodyOptions, limitBytes: number): OciError {
  return new OciError({ code: 'limit', message: `${host} sent more than ${limitBytes} bytes for ${subject}.`, host });
}
