import type { Readable, Transform } from 'node:stream';
import { cancelled } from '../errors.js';
import { createDecompressor, detectCompression, magicLength } from './layer-compression.js';
import { LayerFormatError, LayerLimitError } from './layer-format-error.js';
import { ZstdFrameSplitter } from './zstd-frames.js';

export interface InflateOptions {
  readonly signal: AbortSignal;
  readonly maximumLayerBytes: number;
  readonly maximumRatio: number;
  /** Bytes that have to come out before the ratio is judged. */
  readonly ratioFloorBytes: number;
  /** The uncompressed bytes, in order. What it throws ends the reading with that error. */
  onBytes(bytes: Buffer): void;
  /** Bytes read from the source with this chunk. */
  onRead(byteCount: number): void;
}

/**
 * Feeds the uncompressed bytes of `source` to `onBytes`, inside the stream's own events: no promise and no copy for
 * each chunk. The source is paused while the decompressor is full, and destroyed when this ends, well or not.
 * @throws LayerFormatError for bytes that are no complete compressed stream, LayerLimitError for too many of them,
 *   SbomError of code `cancelled`, and the source's own errors unchanged.
 */
export async function inflateLayer(source: Readable, options: InflateOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let decompressor: Transform | undefined;
  let frames: ZstdFrameSplitter | undefined;
  let head: Buffer | undefined = Buffer.alloc(0);
  let isDecompressed = false;
  let bytesIn = 0;
  let bytesOut = 0;

  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      reject(error);
      source.pause();
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
  const write = (bytes: Buffer): void => {
    if (decompressor === undefined) {
      receive(bytes);
      return;
    }
    // Padding after a gzip stream: passed over, and read all the same, as whoever verifies the digest has to see it.
    if (isDecompressed) return;
    const parts = frames === undefined ? [bytes] : frames.split(bytes);
    let hasRoom = true;
    for (const part of parts) hasRoom = decompressor.write(part);
    if (!hasRoom) source.pause();
  };
  const start = (bytes: Buffer): void => {
    head = undefined;
    const compression = detectCompression(bytes);
    if (compression === 'zstd') frames = new ZstdFrameSplitter();
    if (compression !== 'none') {
      decompressor = createDecompressor(compression);
      decompressor.on('data', (output: Buffer) => guarded(() => receive(output)));
      decompressor.on('drain', () => source.resume());
      decompressor.on('end', () => {
        isDecompressed = true;
        if (source.readableEnded) resolve();
        else source.resume();
      });
      decompressor.on('error', (cause) => reject(new LayerFormatError(`the ${compression} stream is damaged: ${cause.message}`, { cause })));
    }
    write(bytes);
  };
  const abort = (): void => reject(cancelled(options.signal));

  options.signal.addEventListener('abort', abort);
  if (options.signal.aborted) abort();
  source.on('error', reject);
  source.on('data', (chunk: Buffer) =>
    guarded(() => {
      bytesIn += chunk.length;
      options.onRead(chunk.length);
      if (head === undefined) {
        write(chunk);
        return;
      }
      head = Buffer.concat([head, chunk]);
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
    source.on('error', ignoreLateError);
    source.destroy();
    decompressor?.on('error', ignoreLateError);
    decompressor?.removeAllListeners('data');
    decompressor?.destroy();
  }
}

/** A destroyed stream may still report an error; the outcome is settled by then. */
function ignoreLateError(): void {}
