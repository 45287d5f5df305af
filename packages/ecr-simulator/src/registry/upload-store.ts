import { createHash, type Hash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BodyTooLarge } from '../http/exchange.js';
import type { StoredBlob } from '../content/repository-content.js';

const MAX_OPEN_UPLOADS = 64;

/** A blob on its way in. */
export interface Upload {
  readonly id: string;
  readonly repository: string;
  /** Bytes so far. */
  readonly sizeBytes: number;
}

interface OpenUpload {
  readonly id: string;
  readonly repository: string;
  readonly path: string;
  readonly hash: Hash;
  sizeBytes: number;
}

/**
 * Spools pushed blobs into a scratch folder, made at the first upload and removed on disposal. At most 64 uploads are open, the oldest is dropped
 * for a new one; all blobs together are at most `limitBytes`.
 */
export class UploadStore implements AsyncDisposable {
  readonly #uploads = new Map<string, OpenUpload>();
  readonly #limitBytes: number;
  #storedBytes = 0;
  #folder: Promise<string> | undefined;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  async begin(repository: string): Promise<Upload> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'ecr-simulator-'));
    const id = randomUUID();
    const upload: OpenUpload = { id, repository, path: join(await this.#folder, id), hash: createHash('sha256'), sizeBytes: 0 };
    const oldest = this.#uploads.size >= MAX_OPEN_UPLOADS ? this.#uploads.keys().next().value : undefined;
    if (oldest !== undefined) await this.cancel(oldest);
    this.#uploads.set(id, upload);
    return upload;
  }

  find(id: string, repository: string): Upload | undefined {
    const upload = this.#uploads.get(id);
    return upload?.repository === repository ? upload : undefined;
  }

  /** Appends the stream. An upload that fails midway is dropped. @throws BodyTooLarge */
  async append(id: string, stream: Readable): Promise<void> {
    const upload = this.#uploads.get(id);
    if (upload === undefined) return;
    const limitBytes = this.#limitBytes - this.#storedBytes;
    const measured = async function* () {
      // The request stream is left open on refusal, so that the refusal can still be sent.
      for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
        const bytes = Buffer.from(chunk);
        upload.sizeBytes += bytes.length;
        if (upload.sizeBytes > limitBytes) throw new BodyTooLarge(`Pushed blobs together are larger than the limit`);
        upload.hash.update(bytes);
        yield bytes;
      }
    };
    try {
      await pipeline(measured, createWriteStream(upload.path, { flags: 'a' }));
    } catch (error) {
      await this.cancel(id);
      throw error;
    }
  }

  /** Ends an upload. Undefined, and the upload is gone, when the content has another digest. */
  async complete(id: string, digest: string): Promise<StoredBlob | undefined> {
    const upload = this.#uploads.get(id);
    if (upload === undefined) return undefined;
    this.#uploads.delete(id);
    if (`sha256:${upload.hash.digest('hex')}` !== digest) {
      await rm(upload.path, { force: true });
      return undefined;
    }
    const path = `${upload.path}.blob`;
    await rename(upload.path, path);
    const { size } = await stat(path);
    this.#storedBytes += size;
    return { digest, sizeBytes: size, path };
  }

  async cancel(id: string): Promise<void> {
    const upload = this.#uploads.get(id);
    this.#uploads.delete(id);
    if (upload !== undefined) await rm(upload.path, { force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true });
  }
}
