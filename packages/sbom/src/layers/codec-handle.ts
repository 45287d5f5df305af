import type { Transform } from 'node:stream';

/**
 * The handle inside a decompressing stream of node:zlib, which its own functions use. Undocumented, so it is asked for its
 * shape and tried before it is used, and only in release lines of Node.js that the tests have run on.
 */
interface CodecHandle {
  /** Called in place of the end of a write, for damaged input. */
  onerror: (message: string, errorNumber: number, code: string) => void;
  /** Called by the stream when a `write` has ended well. */
  cb?: () => void;
  readonly writeSync: CodecWrite;
  /** Makes it ready for another stream. */
  readonly reset: () => void;
  /** Works on a thread of libuv's pool. One at a time; its memory has to stay as it is until it has ended. */
  readonly write: CodecWrite;
}

type CodecWrite = (
  flush: number,
  input: Uint8Array,
  inputOffset: number,
  inputLength: number,
  output: Uint8Array,
  outputOffset: number,
  outputLength: number,
) => void;

export interface Codec {
  readonly handle: CodecHandle;
  /** Set by each write: output bytes still free, input bytes not taken in. */
  readonly state: Uint32Array;
}

/** Flush modes of zlib, Z_NO_FLUSH and Z_FINISH; going on is 0 for zstd as well. */
export const flushModes = { goOn: 0, finish: 4 } as const;

/** @returns `undefined` when the stream has no handle of the known shape */
export function codecOf(stream: Transform): Codec | undefined {
  const handle: unknown = Reflect.get(stream, '_handle');
  const state: unknown = Reflect.get(stream, '_writeState');
  return isCodecHandle(handle) && state instanceof Uint32Array && state.length === 2 ? { handle, state } : undefined;
}

function isCodecHandle(value: unknown): value is CodecHandle {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['onerror', 'write', 'writeSync', 'reset'].every((name) => typeof Reflect.get(value, name) === 'function')
  );
}
