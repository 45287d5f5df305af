import type { Transform } from 'node:stream';
import type { DecompressorEvents, LayerDecompressor } from './decompressor-contract.js';

/** Around a decompressing stream of node:zlib, which works on a thread of libuv's pool. */
export function createStreamDecompressor(stream: Transform, events: DecompressorEvents): LayerDecompressor {
  let isEnded = false;
  stream.on('data', (bytes: Buffer) => {
    if (!events.onBytes(bytes)) stream.pause();
  });
  stream.on('drain', () => events.onDrain());
  stream.on('end', () => {
    isEnded = true;
    events.onEnd();
  });
  const report = (cause: Error): void => events.onError(cause);
  stream.on('error', report);
  return {
    write(bytes, taken) {
      if (!isEnded) return stream.write(bytes, taken);
      taken();
      return true;
    },
    end() {
      if (!isEnded) stream.end();
    },
    close() {
      stream.removeAllListeners('data');
      // A destroyed stream may still report an error; the outcome is settled by then.
      stream.on('error', () => undefined);
      stream.off('error', report);
      stream.destroy();
    },
  };
}
