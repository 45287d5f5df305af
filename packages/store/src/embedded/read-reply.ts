import type { TransactionStatus } from './backend-messages.js';
import { errorResponse } from './backend-messages.js';

/** A notification as the engine sent it; `frame` is the whole message, ready for any listening connection. */
export interface Notification {
  readonly channel: string;
  readonly frame: Uint8Array<ArrayBuffer>;
}

/** What the engine's answer to one batch says. */
export interface ReadReply {
  /** The answer for the connection: notifications taken out, a refused COPY explained. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Status of the last ReadyForQuery, undefined when there was none. */
  readonly status: TransactionStatus | undefined;
  /** Command tags that change who listens, in order; `ERROR` stands for an ErrorResponse. */
  readonly tags: readonly SessionTag[];
  readonly notifications: readonly Notification[];
  /** The first ErrorResponse, whole, or undefined. */
  readonly error: Uint8Array<ArrayBuffer> | undefined;
}

const SESSION_TAGS = ['LISTEN', 'UNLISTEN', 'COMMIT', 'ROLLBACK', 'ERROR'] as const;
export type SessionTag = (typeof SESSION_TAGS)[number];

const COMMAND_COMPLETE = 0x43; // C
const ERROR_RESPONSE = 0x45; // E
const NOTIFICATION = 0x41; // A
const READY_FOR_QUERY = 0x5a; // Z
const COPY_IN = 0x47; // G

const COPY_REFUSAL = errorResponse({
  severity: 'ERROR',
  code: '0A000',
  message: 'COPY FROM STDIN is not supported by the embedded database',
  hint: 'Load rows with INSERT ... SELECT FROM unnest(...), or use a PostgreSQL server.',
});

/**
 * Reads the engine's answer. `ready` is how many ReadyForQuery messages the client expects at most; further ones answer
 * messages that the caller added itself and are dropped.
 */
export function readReply(reply: Uint8Array<ArrayBuffer>, ready: number): ReadReply {
  const view = new DataView(reply.buffer, reply.byteOffset, reply.byteLength);
  const tags: SessionTag[] = [];
  const notifications: Notification[] = [];
  const kept: Uint8Array[] = [];
  let keptFrom = 0;
  let status: TransactionStatus | undefined;
  let error: Uint8Array<ArrayBuffer> | undefined;
  let readySeen = 0;
  let copyRefused = false;
  let offset = 0;

  const leaveOut = (end: number, instead?: Uint8Array): void => {
    if (offset > keptFrom) kept.push(reply.subarray(keptFrom, offset));
    if (instead !== undefined) kept.push(instead);
    keptFrom = end;
  };

  while (offset + 5 <= reply.byteLength) {
    const type = reply[offset];
    const end = offset + 1 + view.getInt32(offset + 1);
    if (end > reply.byteLength || end < offset + 5) throw new RangeError('the engine sent an incomplete message');
    switch (type) {
      case COMMAND_COMPLETE: {
        const tag = sessionTag(reply, offset + 5, end - 1);
        if (tag !== undefined) tags.push(tag);
        break;
      }
      case ERROR_RESPONSE:
        tags.push('ERROR');
        error ??= reply.slice(offset, end);
        if (copyRefused) {
          leaveOut(end, COPY_REFUSAL);
          copyRefused = false;
        }
        break;
      case NOTIFICATION:
        notifications.push({ channel: channelOf(reply, offset + 9, end), frame: reply.slice(offset, end) });
        leaveOut(end);
        break;
      case COPY_IN:
        copyRefused = true;
        leaveOut(end);
        break;
      case READY_FOR_QUERY:
        readySeen += 1;
        status = readStatus(reply[offset + 5]);
        if (readySeen > ready) leaveOut(end);
        break;
      default:
        break;
    }
    offset = end;
  }
  if (offset !== reply.byteLength) throw new RangeError('the engine sent an incomplete message');
  const bytes = keptFrom === 0 ? reply : join([...kept, reply.subarray(keptFrom)]);
  return { bytes, status, tags, notifications, error };
}

function readStatus(byte: number | undefined): TransactionStatus {
  const status = String.fromCharCode(byte ?? 0);
  if (status === 'I' || status === 'T' || status === 'E') return status;
  throw new RangeError('the engine sent an unknown transaction status');
}

function sessionTag(reply: Uint8Array, start: number, end: number): SessionTag | undefined {
  if (end - start > 8) return undefined;
  const text = Buffer.from(reply.buffer, reply.byteOffset + start, end - start).toString('latin1');
  return SESSION_TAGS.find((tag) => tag === text);
}

function channelOf(reply: Uint8Array, start: number, end: number): string {
  const zero = reply.indexOf(0, start);
  return Buffer.from(reply.buffer, reply.byteOffset + start, Math.min(zero < 0 ? end : zero, end) - start).toString('utf8');
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}
