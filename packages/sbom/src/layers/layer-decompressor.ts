import { createGunzip, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { createBackgroundDecompressor } from './background-decompressor.js';
import { GzipMembers } from './gzip-members.js';
import { createHandleDecompressor, handlesAreUsable } from './handle-decompressor.js';
import type { DecompressorFactory } from './decompressor-contract.js';
import { createStreamDecompressor } from './stream-decompressor.js';

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
  createHandleDecompressor(compression === 'gzip' ? createGunzip() : createZstdDecompress(), { compression }, events);

/** The same for content that the caller proves by its digest: CRC-32 of gzip is not computed. */
export const uncheckedHandleDecompressor: DecompressorFactory = (compression, events) =>
  compression === 'gzip' ? createHandleDecompressor(createInflateRaw(), { compression: 'deflate', members: new GzipMembers() }, events) : handleDecompressor(compression, events);

/** On another thread, ahead of what is read on this one: for readers that have a core to spare. */
export const backgroundDecompressor: DecompressorFactory = (compression, events) =>
  handlesAreUsable(compression)
    ? createBackgroundDecompressor(compression === 'gzip' ? createGunzip() : createZstdDecompress(), { compression }, events)
    : streamDecompressor(compression, events);

/** The same without CRC-32 of gzip, for content that the caller proves by its digest. */
export const uncheckedBackgroundDecompressor: DecompressorFactory = (compression, events) =>
  compression === 'gzip' && handlesAreUsable('gzip')
    ? createBackgroundDecompressor(createInflateRaw(), { compression: 'deflate', members: new GzipMembers() }, events)
    : backgroundDecompressor(compression, events);

/** The one of least processor time where this Node.js is known to bear it. */
export const bestDecompressor: DecompressorFactory = (compression, events) =>
  handlesAreUsable(compression) ? handleDecompressor(compression, events) : streamDecompressor(compression, events);

/** The same without CRC-32 of gzip where that can be left out, for content that the caller proves by its digest. */
export const bestUncheckedDecompressor: DecompressorFactory = (compression, events) =>
  handlesAreUsable(compression) ? uncheckedHandleDecompressor(compression, events) : streamDecompressor(compression, events);
