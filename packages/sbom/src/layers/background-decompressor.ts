import type { Transform } from 'node:stream';
import { codecOf, flushModes } from './codec-handle.js';
import type { CompressedFormat, DecompressorEvents, LayerDecompressor } from './decompressor-contract.js';
import { releaseMemory } from '../release-memory.js';

/**
 * Larger than where nobody waits for another thread: each round costs two changes of threads, and the longer it is, the less
 * one thread waits for the other where a part of the layer is much work for one of them.
 */
const outputBytes = 4 * 1024 * 1024;

/** Inputs taken in at a time: with a second one there, the other thread has not to wait for this one to read more. */
const maximumInputs = 2;

/** Bytes that were written and are not uncompressed yet: those of `memory` from `offset` on. */
interface Input {
  readonly flush: number;
  readonly memory: Buffer;
  offset: number;
  readonly taken: () => void;
}

/**
 * Uncompresses on a thread of libuv's pool, ahead of what is read here: into two buffers in turn, so that one is filled
 * while the other is looked at. Through the handle inside `stream`, as the stream itself would take new memory for all
 * output, which costs a third more. @throws Error when `stream` has no such handle.
 */
export function createBackgroundDecompressor(stream: Transform, format: CompressedFormat, events: DecompressorEvents): LayerDecompressor {
  const codec = codecOf(stream);
  if (codec === undefined) throw new Error('This Node.js has no decompression handle.');
  const { handle, state } = codec;
  // The stream's own function at the end of a write would put the output among what the stream has to be read of. For a
  // destroyed stream it calls `cb` and does nothing else.
  Object.defineProperty(stream, 'destroyed', { value: true });
  const members = format.compression === 'deflate' ? format.members : undefined;

  let output = Buffer.allocUnsafeSlow(outputBytes);
  let otherOutput = Buffer.allocUnsafeSlow(outputBytes);
  /** The first is being uncompressed. */
  const inputs: Input[] = [];
  let isRunning = false;
  let hasAllInput = false;
  /** The compressed stream was complete before its last byte; what follows is padding. */
  let hasEnded = false;
  let failure: Error | undefined;
  let isOver = false;

  const dropInput = (): void => inputs.shift()?.taken();
  /** Has the next bytes uncompressed, if there are any. */
  const run = (): void => {
    for (let [input] = inputs; input !== undefined && !isRunning && !hasEnded; [input] = inputs) {
      if (members !== undefined) input.offset = members.take(input.memory, input.offset);
      hasEnded = members?.isOver === true;
      if (members === undefined || input.offset < input.memory.length) {
        isRunning = !hasEnded;
        if (isRunning) handle.write(input.flush, input.memory, input.offset, input.memory.length - input.offset, output, 0, outputBytes);
      } else dropInput();
    }
  };
  /** Runs `work`, which throws for what no compressed stream holds. */
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
  };
  /** Tells how the stream ended, if it has. */
  const settle = (): void => {
    if (isOver || isRunning) return;
    const isComplete = hasEnded || (hasAllInput && inputs.length === 0);
    if (isComplete && failure === undefined) guarded(() => members?.end());
    if (!isComplete && failure === undefined) return;
    isOver = true;
    while (inputs.length > 0) dropInput();
    if (failure === undefined) events.onEnd();
    else events.onError(failure);
  };

  handle.onerror = (message) => {
    isRunning = false;
    failure = new Error(message);
    settle();
  };
  handle.cb = () => {
    isRunning = false;
    const [input] = inputs;
    if (isOver || input === undefined) return;
    const [free = 0, left = 0] = state;
    const bytes = output.subarray(0, outputBytes - free);
    [output, otherOutput] = [otherOutput, output];
    input.offset = input.memory.length - left;
    members?.addContent(bytes.length);
    const isContentOver = free > 0 && left > 0;
    const isTakenIn = free > 0 && left === 0;
    if (isTakenIn) dropInput();
    guarded(() => {
      if (isContentOver && format.compression === 'zstd') throw new Error('bytes are left after a zstd frame');
      if (isContentOver && members === undefined) hasEnded = true;
      if (isContentOver && members !== undefined) {
        members.endContent();
        handle.reset();
      }
      run();
    });
    if (bytes.length > 0 && !events.onBytes(bytes)) isOver = true;
    settle();
    if (!isOver && inputs.length < maximumInputs) events.onDrain();
  };

  return {
    write(bytes, taken) {
      if (isOver) {
        taken();
        return true;
      }
      inputs.push({ flush: flushModes.goOn, memory: bytes, offset: 0, taken });
      guarded(run);
      settle();
      return inputs.length < maximumInputs;
    },
    end() {
      if (isOver) return;
      hasAllInput = true;
      // Only the last write tells a stream that is cut short, where the framing does not: frames of zstd have their splitter.
      if (format.compression === 'gzip') inputs.push({ flush: flushModes.finish, memory: Buffer.alloc(0), offset: 0, taken: () => undefined });
      guarded(run);
      settle();
    },
    close() {
      isOver = true;
      if (!isRunning) {
        for (const memory of [output, otherOutput]) releaseMemory(memory);
        output = otherOutput = Buffer.alloc(0);
      }
      stream.destroy();
    },
  };
}
