import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Worker } from 'node:worker_threads';
import type { DocumentSource } from './write-document.js';

const entry = createRequire(import.meta.url).resolve('@esscm/gateway/document-writer-worker');

export interface DocumentRequest extends DocumentSource {
  readonly id: number;
}

export type DocumentAnswer =
  | { readonly id: number; readonly stream: ReadableStream<Uint8Array> }
  | { readonly id: number; readonly failure: { readonly message: string } };

interface Waiting {
  resolve(stream: Readable): void;
  reject(error: Error): void;
}

/**
 * Writes documents on a thread of its own, so that the largest does not keep other requests waiting. The thread starts with the
 * first document and does not keep the process alive. Close it when no more requests come.
 */
export class DocumentWriter {
  #worker: Worker | undefined;
  #nextId = 0;
  readonly #waiting = new Map<number, Waiting>();
  /** Documents being read. A thread that ends closes their streams without a word. */
  readonly #open = new Map<Readable, Worker>();

  /**
   * The document's bytes, written as fast as they are read. Destroy the stream to stop.
   * @throws Error when the catalogue cannot be read, or the thread ended
   */
  write(source: DocumentSource): Promise<Readable> {
    const id = this.#nextId;
    this.#nextId += 1;
    const { promise, resolve, reject } = Promise.withResolvers<Readable>();
    this.#waiting.set(id, { resolve, reject });
    const request: DocumentRequest = { id, catalogue: source.catalogue, format: source.format, image: { name: source.image.name, ...(source.image.tag !== undefined && { tag: source.image.tag }) } };
    this.#started().postMessage(request);
    return promise;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(entry);
    worker.on('message', (answer: DocumentAnswer) => this.#answered(worker, answer));
    worker.on('error', (cause) => this.#lost(worker, cause));
    worker.on('exit', () => this.#lost(worker, undefined));
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #answered(worker: Worker, answer: DocumentAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('failure' in answer) {
      waiting?.reject(new Error(answer.failure.message));
      return;
    }
    const document = Readable.fromWeb(answer.stream);
    this.#open.set(document, worker);
    document.once('close', () => this.#open.delete(document));
    waiting?.resolve(document);
  }

  /** A thread that ended takes its documents with it; the next one starts another. */
  #lost(worker: Worker, cause: unknown): void {
    if (this.#worker === worker) this.#worker = undefined;
    const error = new Error('The thread that writes documents ended.', { cause });
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
    for (const [document, writtenBy] of this.#open) {
      if (writtenBy === worker) document.destroy(error);
    }
  }
}
