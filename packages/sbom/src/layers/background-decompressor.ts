import type { Transform } from 'node:stream';
import { codecOf, flushModes } from './codec-handle.js';
import type { CompressedFormat, DecompressorEvents, LayerDecompressor } from './decompressor-contract.js';
import { releaseMemory } from '../release-memory.js';

/** Larger than where nobody waits for another thread, as each round costs two changes of threads. */
const blockBytes = 4 * 1024 * 1024;

/** One is filled, one is looked at, and one may be full already: what is much work for one thread is mostly little for the other. */
const blockCount = 3;

/**
 * Looked at in one turn of the event loop: between two turns the other thread is given its next block. Whoever goes through
 * such a piece twice finds it near the processor.
 */
const pieceBytes = 256 * 1024;

/** Inputs taken in at a time: with a second one there, the other thread has not to wait for this one to read more. */
const maximumInputs = 2;

/** Bytes that were written and are not uncompressed yet: those of `memory` from `offset` on. */
interface Input {
  readonly flush: number;
  readonly memory: Buffer;
  offset: number;
  readonly taken: () => void;
}

/** A block that was filled: its first bytes, of which those from `offset` on were not looked at yet. */
interface FullBlock {
  readonly memory: Buffer;
  readonly byteCount: number;
  offset: number;
}

/**
 * Uncompresses on a thread of libuv's pool, ahead of what is read here: into blocks that go round, so that some are filled
 * while another is looked at. What was uncompressed before a damage is given out before the damage is told. Through the
 * handle inside `stream`, as the stream itself would take new memory for all output, which costs a third more.
 * @throws Error when `stream` has no such handle.
 */
export function createBackgroundDecompressor(stream: Transform, format: CompressedFormat, events: DecompressorEvents): LayerDecompressor {
  const codec = codecOf(stream);
  if (codec === undefined) throw new Error('This Node.js has no decompression handle.');
  const { handle, state } = codec;
  // The stream's own function at the end of a write would put the output among what the stream has to be read of. For a
  // destroyed stream it calls `cb` and does nothing else.
  Object.defineProperty(stream, 'destroyed', { value: true });
  const members = format.compression === 'deflate' ? format.members : undefined;

  const blocks: readonly Buffer[] = Array.from({ length: blockCount }, () => Buffer.allocUnsafeSlow(blockBytes));
  const free = [...blocks];
  /** In their order. */
  const full: FullBlock[] = [];
  /** The one that is being filled. */
  let filling: Buffer | undefined;
  /** The first is being uncompressed. */
  const inputs: Input[] = [];
  let isLookDue = false;
  let hasAllInput = false;
  /** The compressed stream was complete before its last byte; what follows is padding. */
  let hasEnded = false;
  let failure: Error | undefined;
  let isOver = false;

  const dropInput = (): void => inputs.shift()?.taken();
  /** Has the next bytes uncompressed, if there are any and there is a block for them. */
  const run = (): void => {
    for (let [input] = inputs; input !== undefined && filling === undefined && failure === undefined && !hasEnded; [input] = inputs) {
      if (members !== undefined) input.offset = members.take(input.memory, input.offset);
      hasEnded = members?.isOver === true;
      if (hasEnded) return;
      if (members !== undefined && input.offset === input.memory.length) {
        dropInput();
        continue;
      }
      filling = free.pop();
      if (filling === undefined) return;
      handle.write(input.flush, input.memory, input.offset, input.memory.length - input.offset, filling, 0, blockBytes);
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
    if (isOver || filling !== undefined || full.length > 0) return;
    const isComplete = hasEnded || (hasAllInput && inputs.length === 0);
    if (isComplete && failure === undefined) guarded(() => members?.end());
    if (!isComplete && failure === undefined) return;
    isOver = true;
    while (inputs.length > 0) dropInput();
    if (failure === undefined) events.onEnd();
    else events.onError(failure);
  };

  const askForMore = (): void => {
    if (!isOver && inputs.length < maximumInputs) events.onDrain();
  };
  const look = (): void => {
    isLookDue = false;
    const [block] = full;
    if (block === undefined || isOver) return;
    const piece = block.memory.subarray(block.offset, Math.min(block.offset + pieceBytes, block.byteCount));
    block.offset += piece.length;
    if (!events.onBytes(piece)) isOver = true;
    if (isOver) return;
    if (block.offset === block.byteCount) {
      full.shift();
      free.push(block.memory);
      guarded(run);
      settle();
      askForMore();
    }
    lookSoon();
  };
  const lookSoon = (): void => {
    if (isLookDue || isOver || full.length === 0) return;
    isLookDue = true;
    setImmediate(look);
  };

  handle.onerror = (message) => {
    filling = undefined;
    failure = new Error(message);
    settle();
  };
  handle.cb = () => {
    const [input] = inputs;
    const memory = filling;
    filling = undefined;
    if (isOver || input === undefined || memory === undefined) return;
    const [room = 0, left = 0] = state;
    const byteCount = blockBytes - room;
    if (byteCount > 0) full.push({ memory, byteCount, offset: 0 });
    else free.push(memory);
    input.offset = input.memory.length - left;
    members?.addContent(byteCount);
    const isContentOver = room > 0 && left > 0;
    const isTakenIn = room > 0 && left === 0;
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
    lookSoon();
    settle();
    askForMore();
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
      if (filling === undefined) for (const memory of blocks) releaseMemory(memory);
      stream.destroy();
    },
  };
}
