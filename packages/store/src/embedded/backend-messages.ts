/**
 * Messages a PostgreSQL server sends, built byte by byte.
 * Format: PostgreSQL 18 documentation, "Message Formats" (protocol 3.0).
 */

/** Transaction status carried by ReadyForQuery: idle, inside a transaction, inside a failed transaction. */
export type TransactionStatus = 'I' | 'T' | 'E';

/** One message: type letter, big-endian length (counting itself, not the letter), body. */
export function message(type: string, ...body: readonly Uint8Array[]): Buffer {
  const bodyBytes = body.reduce((total, part) => total + part.byteLength, 0);
  const bytes = Buffer.allocUnsafe(5 + bodyBytes);
  bytes.writeUInt8(type.charCodeAt(0), 0);
  bytes.writeInt32BE(4 + bodyBytes, 1);
  let offset = 5;
  for (const part of body) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'utf8');

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** What an ErrorResponse of the virtual server says. FATAL means the connection ends after it. */
export interface ServerError {
  readonly severity: 'ERROR' | 'FATAL';
  /** SQLSTATE, five characters. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export function errorResponse(error: ServerError): Buffer {
  const fields = [`S${error.severity}`, `V${error.severity}`, `C${error.code}`, `M${error.message}`];
  if (error.hint !== undefined) fields.push(`H${error.hint}`);
  return message('E', ...fields.map(text), Buffer.from([0]));
}

export function readyForQuery(status: TransactionStatus): Buffer {
  return message('Z', Buffer.from(status, 'latin1'));
}

/** Answer to a start-up packet: trusted, the server's parameters, the key for cancel requests, ready. */
export function startupReply(parameters: ReadonlyMap<string, string>, processId: number, secretKey: number): Buffer {
  return Buffer.concat([
    message('R', int32(0)),
    ...[...parameters].map(([name, value]) => message('S', text(name), text(value))),
    message('K', int32(processId), int32(secretKey)),
    readyForQuery('I'),
  ]);
}

/** A simple Query as a client sends it; the virtual server uses it for its own statements. */
export function queryMessage(sql: string): Buffer {
  return message('Q', text(sql));
}

export const syncMessage = (): Buffer => message('S');

/** Close of a prepared statement; the empty name is the unnamed statement. */
export function closeStatementMessage(name: string): Buffer {
  return message('C', text(`S${name}`));
}

export const copyFailMessage = (reason: string): Buffer => message('f', text(reason));
