import type { GzipMembers } from './gzip-members.js';
import type { LayerCompression } from './layer-compression.js';

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
   * Takes bytes in. Bytes after the end of the stream are ignored.
   * @param taken called once their memory is the caller's again: before this returns or later, but before that of what is
   *   written after them; not at all after `close`
   * @returns whether more should be written before `onDrain`
   */
  write(bytes: Buffer, taken: () => void): boolean;
  /** Nothing follows; `onEnd` or `onError` is called in consequence. */
  end(): void;
  /** Frees what it holds and calls nothing any more. May be called twice. */
  close(): void;
}

/** What a handle is written, in its terms: bare deflated bytes are those that `members` finds in a gzip stream. */
export type CompressedFormat = { readonly compression: 'gzip' | 'zstd' } | { readonly compression: 'deflate'; readonly members: GzipMembers };

export type DecompressorFactory = (compression: Exclude<LayerCompression, 'none'>, events: DecompressorEvents) => LayerDecompressor;
