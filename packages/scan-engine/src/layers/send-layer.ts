import type { Readable } from 'node:stream';
import { windowBytes } from './layer-reader-protocol.js';

export interface LayerReceiver {
  /** The array is the receiver's from then on. */
  send(bytes: Uint8Array<ArrayBuffer>): void;
  /** Everything was sent and the source ended well. */
  end(): void;
  /** The source failed; nothing follows. */
  fail(error: unknown): void;
  onBytes(bytes: number): void;
}

export interface LayerSender {
  start(): void;
  /** The receiver has taken this many bytes in. */
  taken(bytes: number): void;
  /** Nothing more is sent or reported, whatever the source does. */
  stop(): void;
  /** Whether bytes are out that the receiver has not taken in. */
  waitingForReader(): boolean;
}

/** A socket gives many small pieces; a message a piece would cost more than the copy into a larger one. */
const pieceBytes = 256 * 1024;

/** Sends a stream in pieces of its own memory, never more than the window ahead of the receiver. */
export function sendLayer(source: Readable, receiver: LayerReceiver): LayerSender {
  let piece = new Uint8Array(pieceBytes);
  let filled = 0;
  let outstanding = 0;
  let ended = false;
  let stopped = false;

  const flush = () => {
    if (filled === 0) return;
    outstanding += filled;
    const full = filled === piece.byteLength ? piece : piece.slice(0, filled);
    receiver.send(full);
    piece = new Uint8Array(pieceBytes);
    filled = 0;
    if (outstanding > windowBytes) source.pause();
  };

  return {
    start() {
      source.on('data', (chunk: Uint8Array) => {
        if (stopped) return;
        receiver.onBytes(chunk.byteLength);
        for (let offset = 0; offset < chunk.byteLength; ) {
          const length = Math.min(pieceBytes - filled, chunk.byteLength - offset);
          piece.set(chunk.subarray(offset, offset + length), filled);
          filled += length;
          offset += length;
          if (filled === pieceBytes) flush();
        }
      });
      source.once('end', () => {
        if (stopped) return;
        ended = true;
        flush();
        receiver.end();
      });
      source.on('error', (error) => {
        if (!stopped) receiver.fail(error);
      });
      source.once('close', () => {
        if (!ended && !stopped && source.errored === null) receiver.fail(new Error('The layer was closed before its end.'));
      });
    },
    taken(bytes) {
      outstanding -= bytes;
      if (!ended && outstanding <= windowBytes / 2) source.resume();
    },
    stop() {
      stopped = true;
    },
    waitingForReader: () => outstanding > 0 || ended,
  };
}
