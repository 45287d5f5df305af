import type { Readable } from 'node:stream';
import { cancelled } from '../errors.js';
import type { RecyclingSource } from '../layer-source.js';
import { detectCompression, magicLength } from './layer-compression.js';
import type { DecompressorFactory, LayerDecompressor } from './decompressor-contract.js';
import { bestDecompressor } from './layer-decompressor.js';
import { LayerFormatError, LayerLimitError } from './layer-format-error.js';
import { ZstdFrameSplitter } from './zstd-frames.js';

export interface InflateOptions {
  readonly signal: AbortSignal;
  readonly maximumLayerBytes: number;
  readonly maximumRatio: number;
  /** Bytes that have to come out before the ratio is judged. */
  readonly ratioFloorBytes: number;
  /**
   * The uncompressed bytes, in order, to be read during the call: the memory is used again. What it throws ends the
   * reading with that error.
   */
  onBytes(bytes: Buffer): void;
  /** Bytes read from the source with this chunk. */
  onRead(byteCount: number): void;
  /** The one of least processor time that works when absent. */
  readonly decompressor?: DecompressorFactory;
}

/**
 * Feeds the uncompressed bytes of `source` to `onBytes`, inside the stream's own events: no promise and no copy for
 * each chunk. The source is paused while the decompressor is full, and destroyed when this ends, well or not. The memory
 * of a chunk is read until it is given back to the source, where that takes it.
 * @throws LayerFormatError for bytes that are no complete compressed stream, LayerLimitError for too many of them,
 *   SbomError of code `cancelled`, and the source's own errors unchanged.
 */
export async function inflateLayer(source: Readable & Partial<RecyclingSource>, options: InflateOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let decompressor: LayerDecompressor | undefined;
  let frames: ZstdFrameSplitter | undefined;
  let head: Buffer | undefined = Buffer.alloc(0);
  let isDecompressed = false;
  let isRefused = false;
  let bytesIn = 0;
  let bytesOut = 0;

  /** @returns whether to go on */
  const guarded = (work: () => void): boolean => {
    if (isRefused) return false;
    try {
      work();
      return true;
    } catch (error) {
      isRefused = true;
      reject(error);
      source.pause();
      return false;
    }
  };
  const receive = (bytes: Buffer): void => {
    bytesOut += bytes.length;
    if (bytesOut > options.maximumLayerBytes) {
      throw new LayerLimitError(`the uncompressed layer is larger than ${options.maximumLayerBytes} bytes`);
    }
    if (bytesOut > options.ratioFloorBytes && bytesOut > bytesIn * options.maximumRatio) {
      throw new LayerLimitError(`the layer expands to more than ${options.maximumRatio} times its compressed size`);
    }
    options.onBytes(bytes);
  };
  const write = (bytes: Buffer, taken: () => void): void => {
    if (decompressor === undefined) {
      receive(bytes);
      taken();
      return;
    }
    const parts = frames === undefined ? [bytes] : frames.split(bytes);
    let hasRoom = true;
    for (const part of parts) hasRoom = decompressor.write(part, part === parts.at(-1) ? taken : ignore);
    if (parts.length === 0) taken();
    if (!hasRoom) source.pause();
  };
  const start = (bytes: Buffer): void => {
    head = undefined;
    const compression = detectCompression(bytes);
    if (compression === 'zstd') frames = new ZstdFrameSplitter();
    if (compression !== 'none') {
      decompressor = (options.decompressor ?? bestDecompressor)(compression, {
        onBytes: (output) => guarded(() => receive(output)),
        onDrain: () => source.resume(),
        onEnd() {
          isDecompressed = true;
          if (source.readableEnded) resolve();
          else source.resume();
        },
        onError: (cause) => reject(new LayerFormatError(`the ${compression} stream is damaged: ${cause.message}`, { cause })),
      });
    }
    write(bytes, ignore);
  };
  const abort = (): void => reject(cancelled(options.signal));

  options.signal.addEventListener('abort', abort);
  if (options.signal.aborted) abort();
  source.on('error', reject);
  source.on('data', (chunk: Buffer) =>
    guarded(() => {
      bytesIn += chunk.length;
      options.onRead(chunk.length);
      const taken = (): void => source.recycle?.(chunk);
      if (head === undefined) {
        write(chunk, taken);
        return;
      }
      head = Buffer.concat([head, chunk]);
      taken();
      if (head.length >= magicLength) start(head);
    }),
  );
  source.on('end', () =>
    guarded(() => {
      if (head !== undefined) start(head);
      frames?.end();
      if (decompressor === undefined || isDecompressed) resolve();
      else decompressor.end();
    }),
  );
  source.on('close', () => {
    if (!source.readableEnded) reject(source.errored ?? new LayerFormatError('the source of the layer closed before its end'));
  });

  try {
    await promise;
  } finally {
    options.signal.removeEventListener('abort', abort);
    // A destroyed stream may still report an error; the outcome is settled by then.
    source.on('error', ignore);
    source.destroy();
    decompressor?.close();
  }
}

function ignore(): void {}
