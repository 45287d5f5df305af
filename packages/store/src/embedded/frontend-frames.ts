/** One message of a client. `body` follows the length; the start-up family has no type letter and gets `type` 0. */
export interface FrontendFrame {
  readonly type: number;
  readonly body: Buffer;
}

/** A client broke the protocol; the connection ends with SQLSTATE 08P01. */
export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation';
}

/**
 * Reassembles a client's byte stream into messages. The first message has no type letter (StartupMessage, SSLRequest,
 * CancelRequest); call `startupFinished` once a StartupMessage was seen.
 */
export class FrontendFrameReader {
  readonly #maximumBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #typed = false;

  /** Longer messages than `maximumBytes` are a protocol violation. */
  constructor(maximumBytes: number) {
    this.#maximumBytes = maximumBytes;
  }

  startupFinished(): void {
    this.#typed = true;
  }

  /** Takes bytes; they must not change afterwards, as frames point into them. */
  push(chunk: Buffer): void {
    if (chunk.byteLength === 0) return;
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
  }

  /** The next complete message, or undefined until more bytes arrive. Throws `ProtocolViolation`. */
  next(): FrontendFrame | undefined {
    const headerBytes = this.#typed ? 5 : 4;
    if (this.#bytes < headerBytes) return undefined;
    const header = this.#peek(headerBytes);
    const length = header.readInt32BE(headerBytes - 4);
    if (length < 4) throw new ProtocolViolation(`message length ${length} is too small`);
    if (length > this.#maximumBytes) {
      throw new ProtocolViolation(`message of ${length} bytes is over the limit of ${this.#maximumBytes} bytes`);
    }
    const frameBytes = headerBytes - 4 + length;
    if (this.#bytes < frameBytes) return undefined;
    const frame = this.#take(frameBytes);
    return { type: this.#typed ? frame.readUInt8(0) : 0, body: frame.subarray(headerBytes) };
  }

  #peek(count: number): Buffer {
    const first = this.#chunks[0];
    if (first !== undefined && first.byteLength >= count) return first;
    this.#join(count);
    return this.#chunks[0] ?? Buffer.alloc(0);
  }

  #take(count: number): Buffer {
    const joined = this.#peek(count);
    const rest = joined.subarray(count);
    if (rest.byteLength === 0) this.#chunks.shift();
    else this.#chunks[0] = rest;
    this.#bytes -= count;
    return joined.subarray(0, count);
  }

  /** Joins only as many chunks as the message needs, so a long message costs one copy and not one per chunk. */
  #join(count: number): void {
    let joinedBytes = 0;
    let chunks = 0;
    while (joinedBytes < count && chunks < this.#chunks.length) {
      joinedBytes += this.#chunks[chunks]?.byteLength ?? 0;
      chunks += 1;
    }
    this.#chunks.splice(0, chunks, Buffer.concat(this.#chunks.slice(0, chunks), joinedBytes));
  }
}
