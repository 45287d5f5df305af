import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { backoffDelayMs, type Clock } from './clock.js';
import type { Digest } from './digest.js';
import { OciError } from './errors.js';
import { cancelled } from './connection-error.js';

/** Bytes of a blob from `startsAt` on, which may be before what was asked for. */
export interface BlobBytes {
  readonly stream: Readable;
  readonly startsAt: number;
}

interface ResumeOptions {
  /** Opens the blob again at `offset`, on a new connection. Its `OciError`s end the stream. */
  readonly reopen: (offset: number, signal: AbortSignal) => Promise<BlobBytes>;
  /** Without progress in between. */
  readonly attempts: number;
  readonly clock: Clock;
}

export interface VerifiedStreamOptions {
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly first: BlobBytes;
  readonly signal: AbortSignal;
  /** For messages: `layer sha256:… of nginx/nginx`. */
  readonly subject: string;
  readonly host?: string;
  /** Absent for a file: its end is final. */
  readonly resume?: ResumeOptions;
}

/** Enough to call a connection useful, so that a long blob survives any number of drops but a dripping one does not. */
const progressBytes = 1024 * 1024;

/**
 * The bytes of a blob, and no end without the promised digest and size: the last chunk is kept back until both agree, so
 * whoever reads to the end has read the right bytes. Goes on after a dropped connection where `resume` allows.
 */
export class VerifiedStream extends Readable {
  readonly #options: VerifiedStreamOptions;
  readonly #hash: Hash = createHash('sha256');
  readonly #stopped = new AbortController();
  readonly #onAbort: () => void;
  #source: Readable | undefined;
  #skip = 0;
  #received = 0;
  #wanted = false;
  #held: Buffer | undefined;
  #failures = 0;
  #receivedAtFailure = 0;

  constructor(options: VerifiedStreamOptions) {
    super({ highWaterMark: 256 * 1024 });
    this.#options = options;
    this.#onAbort = () => this.destroy(cancelled(options.signal));
    options.signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#attach(options.first);
    if (options.signal.aborted) this.#onAbort();
  }

  override _read(): void {
    this.#wanted = true;
    this.#source?.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.#stopped.abort();
    this.#detach();
    callback(error);
  }

  #attach({ stream, startsAt }: BlobBytes): void {
    this.#source = stream;
    this.#skip = this.#received - startsAt;
    stream.on('error', this.#onError);
    stream.on('close', this.#onClose);
    stream.on('end', this.#onEnd);
    stream.on('data', this.#onData);
    if (!this.#wanted) stream.pause();
    // It may have broken before anyone listened; it will not say so again.
    if (stream.destroyed) void this.#resume(new Error('The connection was closed.'));
  }

  #detach(): void {
    const source = this.#source;
    if (source === undefined) return;
    this.#source = undefined;
    source.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onClose).off('error', this.#onError);
    // A destroyed source may still report why; nobody is interested any more.
    source.on('error', () => undefined);
    source.destroy();
  }

  readonly #onData = (bytes: Buffer): void => {
    let chunk = bytes;
    if (this.#skip > 0) {
      const skipped = Math.min(this.#skip, chunk.length);
      this.#skip -= skipped;
      chunk = chunk.subarray(skipped);
      if (chunk.length === 0) return;
    }
    const { sizeBytes } = this.#options;
    this.#received += chunk.length;
    if (this.#received > sizeBytes) {
      this.#fail(`is longer than the ${sizeBytes} bytes promised`);
      return;
    }
    this.#hash.update(chunk);
    if (this.#received === sizeBytes) {
      if (this.#digestAgrees()) this.#held = chunk;
      return;
    }
    if (!this.push(chunk)) {
      this.#wanted = false;
      this.#source?.pause();
    }
  };

  readonly #onEnd = (): void => {
    const { sizeBytes } = this.#options;
    if (this.#received === sizeBytes) {
      this.#finish();
      return;
    }
    const error = this.#integrityError(`ended after ${this.#received} of ${sizeBytes} bytes`);
    if (this.#options.resume === undefined) this.destroy(error);
    else void this.#resume(error);
  };

  readonly #onError = (error: Error): void => {
    // The connection was cut after the last byte: nothing is missing.
    if (this.#received === this.#options.sizeBytes && this.#held !== undefined) this.#finish();
    else void this.#resume(error);
  };

  readonly #onClose = (): void => {
    this.#onError(new Error('The connection was closed.'));
  };

  #finish(): void {
    if (this.#options.sizeBytes === 0 && !this.#digestAgrees()) return;
    this.#detach();
    if (this.#held !== undefined) this.push(this.#held);
    this.#held = undefined;
    this.push(null);
  }

  async #resume(cause: Error): Promise<void> {
    this.#detach();
    const { resume, host, signal, subject } = this.#options;
    const lost = cause instanceof OciError
      ? cause
      : new OciError({
          code: 'unreachable',
          message: `The connection was lost after ${this.#received} of ${this.#options.sizeBytes} bytes of ${subject}.`,
          cause,
          ...(host === undefined ? {} : { host }),
        });
    if (this.#received - this.#receivedAtFailure >= progressBytes) this.#failures = 0;
    this.#receivedAtFailure = this.#received;
    this.#failures += 1;
    if (resume === undefined || this.#failures >= resume.attempts) {
      this.destroy(lost);
      return;
    }
    try {
      await resume.clock.sleep(backoffDelayMs(this.#failures), this.#stopped.signal);
      const bytes = await resume.reopen(this.#received, signal);
      if (this.destroyed) bytes.stream.on('error', () => undefined).destroy();
      else this.#attach(bytes);
    } catch (error) {
      if (this.destroyed) return;
      this.destroy(error instanceof OciError ? error : lost);
    }
  }

  #digestAgrees(): boolean {
    const computed = `sha256:${this.#hash.digest('hex')}`;
    if (computed === this.#options.digest) return true;
    this.#fail(`has the digest ${computed}`);
    return false;
  }

  #fail(what: string): void {
    this.destroy(this.#integrityError(what));
  }

  #integrityError(what: string): OciError {
    const { subject, host } = this.#options;
    return new OciError({
      code: 'integrity',
      message: `The ${subject} ${what}.`,
      retryable: false,
      ...(host === undefined ? {} : { host }),
    });
  }
}
