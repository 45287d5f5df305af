import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Store } from '@esscm/store';
import type { Logger } from 'pino';
import type { HiddenByLayer, KeptLayer } from './hidden-in-layers.js';

const entry = createRequire(import.meta.url).resolve('@esscm/gateway/hidden-components-worker');

/** Small: names and versions. */
const keptAtMost = 200;

/** An image is put together once for each of its layers; what takes longer is not worth a note. */
const timeLimitMs = 60_000;
const memoryLimitMb = 512;

type Answer = readonly HiddenByLayer[] | undefined;

/**
 * What layers of an image hide, from the facts that are kept of its layers: nothing is pulled, and no scan waits for it. One image at
 * a time, on a thread of its own; answers are kept, as a content never changes.
 */
export class HiddenComponents {
  readonly #store: Pick<Store, 'contents' | 'facts'>;
  readonly #log: Logger;
  readonly #kept = new Map<string, Promise<Answer>>();
  #before: Promise<unknown> = Promise.resolve();

  constructor(store: Pick<Store, 'contents' | 'facts'>, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  /** Undefined where it cannot be told: facts are not kept any more, or are of another version. */
  of(organizationId: string, contentId: string): Promise<Answer> {
    const key = `${organizationId} ${contentId}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const answer = this.#before.then(() => this.#find(organizationId, contentId));
    this.#before = answer.catch(() => undefined);
    this.#kept.set(key, answer);
    answer.catch(() => this.#kept.delete(key));
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > keptAtMost && oldest.done !== true) this.#kept.delete(oldest.value);
    return answer;
  }

  async #find(organizationId: string, contentId: string): Promise<Answer> {
    const content = await this.#store.contents.find(organizationId, contentId);
    if (content === undefined) return undefined;
    const records = await this.#store.contents.layers(organizationId, contentId);
    if (records.length < 2) return [];
    // The catalogue's version names what its facts are kept under.
    const keys = content.catalogueVersion.split(' ');
    const layers: KeptLayer[] = [];
    for (const { index, digest, diffId, mediaType, sizeBytes } of records) {
      const facts = await this.#store.facts.read(diffId, keys);
      if (facts.size === 0) return undefined;
      layers.push({ index, digest, diffId, mediaType, sizeBytes, facts });
    }
    return this.#onThread(content.platform, layers);
  }

  /** Facts are of hostile images: what goes wrong with them costs the note, not the page. */
  #onThread(platform: string, layers: readonly KeptLayer[]): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const worker = new Worker(entry, { workerData: { platform, layers }, resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb } });
    worker.unref();
    const limit = setTimeout(() => void worker.terminate(), timeLimitMs);
    worker.on('message', (answer: Answer) => resolve(answer));
    worker.on('error', (error) => this.#log.warn({ err: error }, 'what layers hide could not be found'));
    worker.on('exit', () => {
      clearTimeout(limit);
      resolve(undefined);
    });
    return promise;
  }
}
