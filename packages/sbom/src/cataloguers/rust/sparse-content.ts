import { releaseMemory } from '../../release-memory.js';

const blockBytes = 1024 * 1024;
/** Blocks kept for the next file: most programs need one or two, and the largest come seldom. */
const maximumSpares = 2;
const spares: Buffer[] = [];

/**
 * Parts of a file by their position in it. Only blocks that something was written to take memory, and it serves one file
 * after another: new memory for each program of thousands would have the garbage collector run again and again.
 */
export class SparseContent {
  readonly #blocks: (Buffer | undefined)[] = [];

  write(bytes: Buffer, position: number): void {
    for (let at = 0; at < bytes.length; ) {
      const index = Math.floor((position + at) / blockBytes);
      const block = (this.#blocks[index] ??= spares.pop() ?? Buffer.allocUnsafeSlow(blockBytes));
      at += bytes.copy(block, (position + at) % blockBytes, at);
    }
  }

  /** What was written from a position to another; where nothing was, the bytes are of no file in particular. Valid until `release`. */
  read(start: number, end: number): Buffer {
    const first = Math.floor(start / blockBytes);
    const last = Math.floor(Math.max(start, end - 1) / blockBytes);
    const blocks = Array.from({ length: last - first + 1 }, (_, index) => this.#blocks[first + index] ?? Buffer.alloc(blockBytes));
    const [only] = blocks;
    const joined = only !== undefined && blocks.length === 1 ? only : Buffer.concat(blocks);
    return joined.subarray(start - first * blockBytes, end - first * blockBytes);
  }

  /** The same in pieces as they lie in memory. Valid until `release`. */
  *pieces(start: number, end: number): Generator<Buffer> {
    for (let at = start; at < end; ) {
      const block = this.#blocks[Math.floor(at / blockBytes)];
      const length = Math.min(end - at, blockBytes - (at % blockBytes));
      if (block !== undefined) yield block.subarray(at % blockBytes, (at % blockBytes) + length);
      at += length;
    }
  }

  /** The memory may serve another file; nothing may be read any more. */
  release(): void {
    for (const block of this.#blocks.splice(0)) {
      if (block === undefined) continue;
      if (spares.length < maximumSpares) spares.push(block);
      else releaseMemory(block);
    }
  }
}
