import type { Transform } from 'node:stream';
import { codecOf, flushModes } from './codec-handle.js';
import type { DecompressorEvents, LayerDecompressor } from './decompressor-contract.js';

/** Larger than where nobody waits for another thread: each round costs two changes of threads. */
const outputBytes = 1024 * 1024;

/** Inputs taken in at a time: with a second one there, the other thread has not to wait for this one to read more. */
const maximumInputs = 2;

interface Input {
  readonly flush: number;
  readonly memory: Buffer;
  offset: number;
  left: number;
}

/**
 * Uncompresses on a thread of libuv's pool, ahead of what is read here: into two buffers in turn, so that one is filled
 * while the other is looked at. Through the handle inside `stream`, as the stream itself would take new memory for all
 * output, which costs a third more. @throws Error when `stream` has no such handle.
 */
export function createBackgroundDecompressor(stream: Transform, compression: 'gzip' | 'zstd', events: DecompressorEvents): LayerDecompressor {
  const codec = codecOf(stream);
  if (codec === undefined) throw new Error('This Node.js has no decompression handle.');
  const { handle, state } = codec;
  // The stream's own function at the end of a write would put the output among what the stream has to be read of. For a
  // destroyed stream it calls `cb` and does nothing else.
  Object.defineProperty(stream, 'destroyed', { value: true });

  let output = Buffer.allocUnsafeSlow(outputBytes);
  let otherOutput = Buffer.allocUnsafeSlow(outputBytes);
  /** The first is being uncompressed. */
  const inputs: Input[] = [];
  const spareMemory: Buffer[] = [];
  let isRunning = false;
  let hasAllInput = false;
  let isOver = false;

  const run = (): void => {
    const [input] = inputs;
    if (isRunning || input === undefined) return;
    isRunning = true;
    handle.write(input.flush, input.memory, input.offset, input.left, output, 0, outputBytes);
  };
  const add = (input: Input): void => {
    inputs.push(input);
    run();
  };
  const copied = (bytes: Buffer): Input => {
    const spare = spareMemory.pop();
    const memory = spare !== undefined && spare.length >= bytes.length ? spare : Buffer.allocUnsafeSlow(bytes.length);
    bytes.copy(memory);
    return { flush: flushModes.goOn, memory, offset: 0, left: bytes.length };
  };
  const fail = (cause: Error): void => {
    isOver = true;
    events.onError(cause);
  };
  const succeed = (): void => {
    isOver = true;
    events.onEnd();
  };

  handle.onerror = (message) => {
    if (!isOver) fail(new Error(message));
  };
  handle.cb = () => {
    isRunning = false;
    const [input] = inputs;
    if (isOver || input === undefined) return;
    const [free = 0, left = 0] = state;
    const bytes = output.subarray(0, outputBytes - free);
    [output, otherOutput] = [otherOutput, output];
    const isTakenIn = free > 0;
    const endedBefore = isTakenIn && left > 0;
    input.offset += input.left - left;
    input.left = left;
    if (isTakenIn) {
      inputs.shift();
      spareMemory.push(input.memory);
    }
    if (!endedBefore) run();
    if (bytes.length > 0 && !events.onBytes(bytes)) isOver = true;
    if (isOver) return;
    if (endedBefore && compression === 'zstd') fail(new Error('bytes are left after a zstd frame'));
    else if (endedBefore || (hasAllInput && inputs.length === 0)) succeed();
    else if (isTakenIn) events.onDrain();
  };

  return {
    write(bytes) {
      if (isOver) return true;
      add(copied(bytes));
      return inputs.length < maximumInputs;
    },
    end() {
      if (isOver) return;
      hasAllInput = true;
      // Only the last write tells a stream that is cut short; the ends of zstd frames have been seen by their splitter.
      if (compression === 'gzip') add({ flush: flushModes.finish, memory: Buffer.alloc(0), offset: 0, left: 0 });
      else if (inputs.length === 0) succeed();
    },
    close() {
      isOver = true;
      stream.destroy();
    },
  };
}
