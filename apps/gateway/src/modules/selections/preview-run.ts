import { setImmediate } from 'node:timers/promises';
import { RegistryError, type RegistryImage, registryPathOf } from '@esscm/registry-core';
import { type CompiledRule, RepositorySelection, type SelectedImage } from '@esscm/selection';
import type { RegistrySource } from '../registry/registry-access.js';
import type { RegistryLists } from '../registry/registry-lists.js';

/** An image that a rule wants, and where it is. */
export interface FoundImage extends SelectedImage {
  readonly repository: string;
  readonly uri: string;
}

interface PreviewRunOptions {
  readonly source: RegistrySource;
  readonly lists: RegistryLists;
  readonly rules: readonly CompiledRule[];
  readonly now: Date;
}

/** Repositories read at the same time; their calls share one pace. */
const readsAtOnce = 4;
/** Images looked at before others get their turn on this thread. */
const imagesPerTurn = 5000;
const maximumKept = 10_000;

/** Reads a registry and counts what rules want of it. Memory grows with what is wanted, up to a limit, not with the registry. */
export class PreviewRun {
  readonly #options: PreviewRunOptions;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  readonly #found: FoundImage[] = [];
  readonly #digests = new Set<string>();
  #sorted: readonly FoundImage[] | undefined;
  complete = false;
  imageCount = 0;
  /** Undefined as soon as one size is not known. */
  sizeBytes: number | undefined = 0;
  repositoryCount = 0;
  repositoriesRead = 0;
  problem: RegistryError | undefined;
  failure: unknown;

  constructor(options: PreviewRunOptions) {
    this.#options = options;
    this.#done = this.#run().catch((error: unknown) => {
      if (error instanceof RegistryError) this.problem ??= error;
      else this.failure = error;
    }).then(() => {
      this.complete = true;
    });
  }

  /** By repository, then tag. */
  get images(): readonly FoundImage[] {
    this.#sorted ??= this.#found.toSorted((one, other) => compare(one.repository, other.repository) || compare(one.tag, other.tag));
    return this.#sorted;
  }

  /** After everything was counted, or after this time. */
  async ready(patienceMs: number): Promise<void> {
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, patienceMs);
    try {
      await Promise.race([this.#done, patience.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Stops reading. */
  stop(): void {
    this.#stop.abort(new Error('nobody looks at this preview any more'));
  }

  async #run(): Promise<void> {
    const { source, lists, rules } = this.#options;
    const { body } = await lists.repositories(source, { refresh: false, signal: this.#stop.signal, whole: true });
    const names = body.names().filter((name) => rules.some((rule) => rule.matchesRepository(registryPathOf(body.find(name)?.uri ?? name))));
    this.repositoryCount = names.length;
    const pending = names.values();
    const worker = async (): Promise<void> => {
      for (const name of pending) await this.#read(name, body.find(name)?.uri ?? name);
    };
    await Promise.all(Array.from({ length: readsAtOnce }, worker));
  }

  async #read(name: string, uri: string): Promise<void> {
    const { source, lists, rules, now } = this.#options;
    const repository = registryPathOf(uri);
    try {
      const { body } = await lists.images(source, name, { refresh: false, signal: this.#stop.signal, whole: true });
      const selection = new RepositorySelection(rules, repository, now);
      let batch: RegistryImage[] = [];
      for (const image of body.images()) {
        batch.push(image);
        if (batch.length < imagesPerTurn) continue;
        selection.add(batch);
        batch = [];
        await setImmediate();
      }
      selection.add(batch);
      this.#count(selection.selected(), repository, uri);
    } catch (error) {
      if (this.#stop.signal.aborted || !(error instanceof RegistryError) || error.kind === 'invalid-credentials') throw error;
      this.problem ??= error;
    }
    this.repositoriesRead += 1;
  }

  #count(selected: readonly SelectedImage[], repository: string, uri: string): void {
    this.imageCount += selected.length;
    for (const { image } of selected) {
      if (image.sizeBytes === undefined) this.sizeBytes = undefined;
      else if (this.sizeBytes !== undefined && !this.#digests.has(image.digest)) {
        this.#digests.add(image.digest);
        this.sizeBytes += image.sizeBytes;
      }
    }
    this.#found.push(...selected.slice(0, Math.max(0, maximumKept - this.#found.length)).map((entry) => ({ ...entry, repository, uri })));
    this.#sorted = undefined;
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
