import { createInflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { InflateRaw } from 'node:zlib';

/**
 * What the synchronous functions of node:zlib use inside. Undocumented, so it is asked for its shape and tried before it is
 * used, and only in release lines of Node.js that the tests have run on.
 */
interface InflateHandle {
  /** Called during `writeSync` for damaged input. */
  onerror: (message: string, errorNumber: number, code: string) => void;
  reset(): void;
  writeSync(flush: number, input: Uint8Array, inputOffset: number, inputLength: number, output: Uint8Array, outputOffset: number, outputLength: number): void;
}

const testedReleaseLines: ReadonlySet<string> = new Set(['24']);
const firstOutputBytes = 256 * 1024;
/** Z_FINISH: all of the input is here. */
const finish = 4;

/**
 * Unfolds raw-deflated records one after the other with one inflater and one buffer: a new inflater for each, which is what
 * `inflateRawSync` makes, costs as much as the work for records this small. Where the handle cannot be used, and for every
 * record it stumbles over, `inflateRawSync` decides.
 */
export class EntryInflater implements Disposable {
  #stream: InflateRaw | undefined;
  #handle: InflateHandle | undefined;
  #state: Uint32Array = new Uint32Array(2);
  #output = Buffer.allocUnsafeSlow(firstOutputBytes);
  #hasFailed = false;

  /** The content, valid until the next call. @throws RangeError (`ERR_BUFFER_TOO_LARGE`) beyond `maximumBytes`, and zlib's errors. */
  unfold(data: Buffer, maximumBytes: number): Buffer {
    if (isUsable()) {
      const length = this.#run(data, maximumBytes);
      if (length !== undefined) return this.#output.subarray(0, length);
      this[Symbol.dispose]();
    }
    return inflateRawSync(data, { maxOutputLength: maximumBytes });
  }

  [Symbol.dispose](): void {
    this.#stream?.destroy();
    this.#stream = undefined;
    this.#handle = undefined;
  }

  /** Length of the content in the buffer; undefined when the input is damaged, cut off or too large. */
  #run(data: Buffer, maximumBytes: number): number | undefined {
    const handle = this.#handle ?? this.#open();
    if (handle === undefined) return undefined;
    handle.reset();
    this.#hasFailed = false;
    let taken = 0;
    let length = 0;
    for (;;) {
      const room = this.#output.length - length;
      handle.writeSync(finish, data, taken, data.length - taken, this.#output, length, room);
      if (this.#failed()) return undefined;
      const [free = 0, left = 0] = this.#state;
      length += room - free;
      taken = data.length - left;
      if (length > maximumBytes) return undefined;
      if (free > 0) return left === 0 ? length : undefined;
      const larger = Buffer.allocUnsafeSlow(this.#output.length * 2);
      this.#output.copy(larger, 0, 0, length);
      this.#output = larger;
    }
  }

  #open(): InflateHandle | undefined {
    const stream = createInflateRaw();
    const handle: unknown = Reflect.get(stream, '_handle');
    const state: unknown = Reflect.get(stream, '_writeState');
    if (!isInflateHandle(handle) || !(state instanceof Uint32Array) || state.length !== 2) {
      stream.destroy();
      return undefined;
    }
    // The stream's own function closes the handle in the middle of the write, which ends the whole process.
    handle.onerror = () => {
      this.#hasFailed = true;
    };
    this.#stream = stream;
    this.#handle = handle;
    this.#state = state;
    return handle;
  }

  /** A method, as the handle sets it during a write. */
  #failed(): boolean {
    return this.#hasFailed;
  }

  /** Whether this process gives right results for good, damaged and cut-off input; for the first use. */
  static works(): boolean {
    using inflater = new EntryInflater();
    const content = Buffer.from('a sample of text, text, text');
    const deflated = deflateRawSync(content);
    const results = [deflated, deflated.subarray(0, -3), Buffer.from([0xff, 0xff]), deflated].map((input) => {
      const length = inflater.#run(input, 1_000);
      const result = length === undefined ? undefined : inflater.#output.toString('utf8', 0, length);
      if (length === undefined) inflater[Symbol.dispose]();
      return result;
    });
    return results[0] === content.toString() && results[1] === undefined && results[2] === undefined && results[3] === content.toString();
  }
}

let usable: boolean | undefined;

function isUsable(): boolean {
  usable ??= testedReleaseLines.has(process.versions.node.split('.')[0] ?? '') && EntryInflater.works();
  return usable;
}

function isInflateHandle(value: unknown): value is InflateHandle {
  return typeof value === 'object' && value !== null && ['onerror', 'reset', 'writeSync'].every((name) => typeof Reflect.get(value, name) === 'function');
}
