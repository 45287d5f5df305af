import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

/** What a plane adds to the request log. */
interface ExchangeNote {
  principal?: string | undefined;
  repository?: string | undefined;
}

/** A request, its body not yet read. */
export interface IncomingRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** The path, as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  /** The Host header, lower case; empty when absent. */
  readonly host: string;
  readonly stream: Readable;
  readonly note: ExchangeNote;
}

/** A request with its whole body. */
export interface ReadRequest extends IncomingRequest {
  readonly body: Buffer;
}

/** An answer. A body stream is owned, and destroyed, by the writer. */
export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | Readable | undefined;
  /** Cut the connection after this many bytes of the body. */
  readonly cutAfterBytes?: number | undefined;
}

/** Thrown by {@link readBody}; answered with 413. */
export class BodyTooLarge extends Error {}

/** Reads the body, at most `limitBytes` of it. @throws BodyTooLarge */
export async function readBody(stream: Readable, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The stream is left open on refusal, so that the refusal can still be sent.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > limitBytes) throw new BodyTooLarge(`The body is larger than ${limitBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Takes a message of `node:http` apart. */
export function readRequest(message: IncomingMessage): IncomingRequest {
  const target = message.url ?? '/';
  const questionMark = target.indexOf('?');
  return {
    method: message.method ?? 'GET',
    target,
    path: questionMark < 0 ? target : target.slice(0, questionMark),
    query: new URLSearchParams(questionMark < 0 ? '' : target.slice(questionMark + 1)),
    headers: flatten(message.headers),
    host: (message.headers.host ?? '').toLowerCase(),
    stream: message,
    note: {},
  };
}

function flatten(headers: IncomingHttpHeaders): ReadonlyMap<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat.set(name, Array.isArray(value) ? value.join(',') : value);
  }
  return flat;
}
