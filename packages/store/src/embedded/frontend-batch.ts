import { createHash } from 'node:crypto';
import type { FrontendFrame } from './frontend-frames.js';
import { ProtocolViolation } from './frontend-frames.js';
import { readListenStatements, type ListenStatement } from './listen-statements.js';

/** What one turn on the session executes: messages up to a Query, Sync or Flush. */
export interface Batch {
  /** Transferred to the engine's thread, so it is read once. */
  readonly bytes: ArrayBuffer;
  readonly end: 'query' | 'sync' | 'flush';
  /** The text may hold COPY ... FROM STDIN; the engine must not be left waiting for data. */
  readonly mayCopyIn: boolean;
  readonly listenStatements: readonly ListenStatement[];
  /** Uses the unnamed statement without parsing it, so it relies on an earlier batch of this connection. */
  readonly reusesUnnamed: boolean;
  readonly parsesUnnamed: boolean;
}

const QUERY = 0x51; // Q
const PARSE = 0x50; // P
const BIND = 0x42; // B
const DESCRIBE = 0x44; // D
const EXECUTE = 0x45; // E
const CLOSE = 0x43; // C
const SYNC = 0x53; // S
const FLUSH = 0x48; // H
const FUNCTION_CALL = 0x46; // F
const COPY_DATA = 0x64; // d
const COPY_DONE = 0x63; // c
const COPY_FAIL = 0x66; // f
const STATEMENT_KIND = 0x53; // S, first byte of Describe and Close

/** PostgreSQL keeps 63 bytes of a statement name; a longer one would be cut and could meet another. */
const MAXIMUM_NAME_BYTES = 63;

/**
 * Collects a connection's messages into batches and puts the connection's prefix before every statement name, since all
 * connections share one session. Copies each message once, into the buffer that is transferred.
 */
export class BatchBuilder {
  readonly #prefix: string;
  readonly #maximumBytes: number;
  readonly #statements = new Map<string, { readonly mayCopyIn: boolean }>();
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #mayCopyIn = false;
  #listenStatements: ListenStatement[] = [];
  #reusesUnnamed = false;
  #parsesUnnamed = false;

  constructor(prefix: string, maximumBytes: number) {
    this.#prefix = prefix;
    this.#maximumBytes = maximumBytes;
  }

  /** Names, as the engine knows them, of the statements this connection may have left prepared. */
  preparedNames(): string[] {
    return [...this.#statements.keys()].filter((name) => name !== '').map((name) => this.#engineName(name));
  }

  /** Adds one message; answers the finished batch when the message ends one. Throws `ProtocolViolation`. */
  add(frame: FrontendFrame): Batch | undefined {
    switch (frame.type) {
      case QUERY:
        this.#inspect(textAt(frame.body, 0));
        this.#append(frame.type, frame.body);
        return this.#finish('query');
      case FUNCTION_CALL:
        this.#append(frame.type, frame.body);
        return this.#finish('query');
      case SYNC:
        this.#append(frame.type, frame.body);
        return this.#finish('sync');
      case FLUSH:
        this.#append(frame.type, frame.body);
        return this.#finish('flush');
      case PARSE:
        this.#addParse(frame);
        return undefined;
      case BIND:
        this.#addBind(frame);
        return undefined;
      case DESCRIBE:
      case CLOSE:
        this.#addDescribeOrClose(frame);
        return undefined;
      case EXECUTE:
        this.#append(frame.type, frame.body);
        return undefined;
      // A client that was refused COPY FROM STDIN may still send what it had begun; a server ignores it.
      case COPY_DATA:
      case COPY_DONE:
      case COPY_FAIL:
        return undefined;
      default:
        throw new ProtocolViolation(`message type 0x${frame.type.toString(16)} is not understood`);
    }
  }

  #addParse(frame: FrontendFrame): void {
    const name = textAt(frame.body, 0);
    const nameBytes = Buffer.byteLength(name);
    const sql = textAt(frame.body, nameBytes + 1);
    const before = this.#mayCopyIn;
    this.#mayCopyIn = false;
    this.#inspect(sql);
    this.#statements.set(name, { mayCopyIn: this.#mayCopyIn });
    this.#mayCopyIn ||= before;
    if (name === '') {
      this.#parsesUnnamed = true;
      this.#append(frame.type, frame.body);
      return;
    }
    this.#append(frame.type, Buffer.from(`${this.#engineName(name)}\0`), frame.body.subarray(nameBytes + 1));
  }

  #addBind(frame: FrontendFrame): void {
    const portal = textAt(frame.body, 0);
    const nameStart = Buffer.byteLength(portal) + 1;
    const name = textAt(frame.body, nameStart);
    this.#use(name);
    if (name === '') {
      this.#append(frame.type, frame.body);
      return;
    }
    const rest = frame.body.subarray(nameStart + Buffer.byteLength(name) + 1);
    this.#append(frame.type, frame.body.subarray(0, nameStart), Buffer.from(`${this.#engineName(name)}\0`), rest);
  }

  #addDescribeOrClose(frame: FrontendFrame): void {
    if (frame.body[0] !== STATEMENT_KIND) {
      this.#append(frame.type, frame.body);
      return;
    }
    const name = textAt(frame.body, 1);
    if (frame.type === CLOSE) this.#statements.delete(name);
    else this.#use(name);
    if (name === '') this.#append(frame.type, frame.body);
    else this.#append(frame.type, frame.body.subarray(0, 1), Buffer.from(`${this.#engineName(name)}\0`));
  }

  #use(name: string): void {
    if (this.#statements.get(name)?.mayCopyIn === true) this.#mayCopyIn = true;
    if (name === '' && !this.#parsesUnnamed) this.#reusesUnnamed = true;
  }

  #inspect(sql: string): void {
    if (/\bcopy\b/i.test(sql) && /\bstdin\b/i.test(sql)) this.#mayCopyIn = true;
    this.#listenStatements.push(...readListenStatements(sql));
  }

  #engineName(name: string): string {
    const plain = `${this.#prefix}${name}`;
    if (Buffer.byteLength(plain) <= MAXIMUM_NAME_BYTES) return plain;
    return `${this.#prefix}${createHash('sha256').update(name).digest('base64url')}`;
  }

  #append(type: number, ...body: readonly Uint8Array[]): void {
    const bodyBytes = body.reduce((total, part) => total + part.byteLength, 0);
    const header = Buffer.allocUnsafe(5);
    header.writeUInt8(type, 0);
    header.writeInt32BE(4 + bodyBytes, 1);
    this.#parts.push(header, ...body);
    this.#bytes += 5 + bodyBytes;
    if (this.#bytes > this.#maximumBytes) {
      throw new ProtocolViolation(`messages before a Sync are over the limit of ${this.#maximumBytes} bytes`);
    }
  }

  #finish(end: Batch['end']): Batch {
    const bytes = new Uint8Array(this.#bytes);
    let offset = 0;
    for (const part of this.#parts) {
      bytes.set(part, offset);
      offset += part.byteLength;
    }
    const batch: Batch = {
      bytes: bytes.buffer,
      end,
      mayCopyIn: this.#mayCopyIn,
      listenStatements: this.#listenStatements,
      reusesUnnamed: this.#reusesUnnamed,
      parsesUnnamed: this.#parsesUnnamed,
    };
    this.#parts = [];
    this.#bytes = 0;
    this.#mayCopyIn = false;
    this.#listenStatements = [];
    this.#reusesUnnamed = false;
    this.#parsesUnnamed = false;
    return batch;
  }
}

function textAt(body: Buffer, start: number): string {
  const end = body.indexOf(0, start);
  if (end < 0) throw new ProtocolViolation('a text field is not terminated');
  return body.toString('utf8', start, end);
}
