import { Duplex } from 'node:stream';
import type { VirtualConnection } from './virtual-connection.js';
import type { VirtualServer } from './virtual-server.js';

/** The client's end of a virtual connection, with what `pg` expects of a socket. */
export class ConnectionStream extends Duplex {
  readonly #connection: VirtualConnection;

  constructor(server: VirtualServer) {
    super({ allowHalfOpen: false });
    this.#connection = server.connect({
      send: (bytes) => void this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
      end: () => void this.push(null),
    });
  }

  /** There is nothing to reach: the connection exists already. Takes `net.Socket`'s arguments and ignores them. */
  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  /** Nothing can drop this connection unnoticed; queues that ask for keep-alive may rely on it. */
  setKeepAlive(): this {
    return this;
  }

  /** The database's own thread decides whether the process stays alive, so these change nothing. */
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#connection.receive(chunk);
    done();
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: (error?: Error | null) => void): void {
    for (const { chunk } of chunks) this.#connection.receive(chunk);
    done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#connection.close();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#connection.close();
    done(error);
  }
}
