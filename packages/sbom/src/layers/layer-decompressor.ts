import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { LayerCompression } from './layer-compression.js';
import { createHandleDecompressor, handlesAreUsable } from './handle-decompressor.js';
import { createStreamDecompressor } from './stream-decompressor.js';

export interface DecompressorEvents {
  /**
   * The next uncompressed bytes, to be read during the call: the memory is written over afterwards. Must not throw.
   * @returns false when no more are wanted
   */
  onBytes(bytes: Buffer): boolean;
  /** After a write that answered false: there is room again. */
  onDrain(): void;
  /** The compressed stream is complete. Bytes written from then on are padding and passed over. */
  onEnd(): void;
  /** The compressed stream is damaged or cut short; nothing follows. */
  onError(cause: Error): void;
}

/** Uncompresses one gzip stream of any number of members, or zstd frames of which each begins a write of its own. */
export interface LayerDecompressor {
  /**
   * Takes bytes in; their memory is the caller's again when this returns. Bytes after the end of the stream are ignored.
   * @returns whether more should be written before `onDrain`
   */
  write(bytes: Buffer): boolean;
  /** Nothing follows; `onEnd` or `onError` is called in consequence. */
  end(): void;
  /** Frees what it holds and calls nothing any more. May be called twice. */
  close(): void;
}

export type DecompressorFactory = (compression: Exclude<LayerCompression, 'none'>, events: DecompressorEvents) => LayerDecompressor;

// Node's default of 16 KiB costs more than twice the processor time of inflating itself.
const streamChunkSize = 1024 * 1024;

/** With the documented interface of node:zlib alone: the slower one. */
export const streamDecompressor: DecompressorFactory = (compression, events) =>
  createStreamDecompressor(
    compression === 'gzip' ? createGunzip({ chunkSize: streamChunkSize }) : createZstdDecompress({ chunkSize: streamChunkSize }),
    events,
  );

/** Through the handle inside: synchronous, with one buffer for all output. Only where {@link handlesAreUsable}. */
export const handleDecompressor: DecompressorFactory = (compression, events) =>
  createHandleDecompressor(compression === 'gzip' ? createGunzip() : createZstdDecompress(), compression, events);

/** The faster one where this Node.js is known to bear it. */
export const bestDecompressor: DecompressorFactory = (compression, events) =>
  handlesAreUsable() ? handleDecompressor(compression, events) : streamDecompressor(compression, events);
