/** What is known of one list now. */
export interface ListingView<T> {
  readonly items: readonly T[];
  /** False while more are being read. */
  readonly complete: boolean;
  readonly listedAt: Date;
}

interface ListingsOptions {
  readonly now: () => Date;
  /** Older lists are read again. */
  readonly maximumAgeMs?: number;
  /** How long a reader waits for the whole list before it gets what has arrived. */
  readonly patienceMs?: number;
  /** Items of all lists together; beyond it the list used longest ago is forgotten. */
  readonly maximumItems?: number;
  /** A list longer than this stays incomplete. */
  readonly maximumItemsOfOne?: number;
}

type ReadPages<T> = (signal: AbortSignal) => AsyncIterable<readonly T[]>;

const readTimeoutMs = 10 * 60_000;
/** A list that is empty still takes a place. */
const weightOfList = 100;

/**
 * Lists read from registries, kept by key for a while. One reading at a time for each key, whoever asks; a failed
 * reading leaves the earlier list in place.
 */
export class RegistryListings {
  readonly #options: Required<ListingsOptions>;
  /** In the order of last use. */
  readonly #listings = new Map<string, Listing<unknown>>();
  readonly #reading = new Map<string, Listing<unknown>>();
  readonly #stopped = new AbortController();

  constructor(options: ListingsOptions) {
    this.#options = { maximumAgeMs: 15 * 60_000, patienceMs: 1000, maximumItems: 500_000, maximumItemsOfOne: 100_000, ...options };
  }

  /**
   * The whole list, or what has arrived after a second, at least the first page of the registry.
   * `key` has to name the kind of list too, as all lists of one key have items of one type.
   * @throws whatever the reading throws, when this call started or joined it
   */
  async get<T>(key: string, options: { readonly refresh: boolean; readonly signal: AbortSignal; readonly read: ReadPages<T> }): Promise<ListingView<T>> {
    const kept = this.#listings.get(key);
    const fresh = kept !== undefined && this.#options.now().getTime() - kept.listedAt.getTime() < this.#options.maximumAgeMs;
    const listing = (this.#reading.get(key) ?? (fresh && !options.refresh ? kept : this.#start(key, options.read))) as Listing<T>;
    if (this.#listings.delete(key)) this.#listings.set(key, kept ?? listing);
    await aborted(options.signal, listing.ready(this.#options.patienceMs));
    return { items: listing.items, complete: listing.complete, listedAt: listing.listedAt };
  }

  /** Forgets the lists whose key starts with `prefix`, as when their connection is removed. */
  forget(prefix: string): void {
    for (const key of this.#listings.keys()) if (key.startsWith(prefix)) this.#listings.delete(key);
  }

  /** Stops all readings. */
  close(): void {
    this.#stopped.abort();
    this.#listings.clear();
  }

  #start<T>(key: string, read: ReadPages<T>): Listing<T> {
    const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(readTimeoutMs)]);
    const listing = new Listing<T>(read(signal), this.#options.now(), this.#options.maximumItemsOfOne);
    this.#reading.set(key, listing);
    void listing.settled.then((succeeded) => {
      this.#reading.delete(key);
      if (!succeeded || this.#stopped.signal.aborted) return;
      this.#listings.delete(key);
      this.#listings.set(key, listing);
      this.#makeRoom();
    });
    return listing;
  }

  #makeRoom(): void {
    let weight = 0;
    for (const listing of this.#listings.values()) weight += listing.items.length + weightOfList;
    for (const [key, listing] of this.#listings) {
      if (weight <= this.#options.maximumItems) return;
      weight -= listing.items.length + weightOfList;
      this.#listings.delete(key);
    }
  }
}

/** One reading of one list. */
class Listing<T> {
  readonly items: T[] = [];
  readonly listedAt: Date;
  complete = false;
  /** Whether the reading ended well; never rejects. */
  readonly settled: Promise<boolean>;
  readonly #done: Promise<void>;
  readonly #firstPage: Promise<void>;

  constructor(pages: AsyncIterable<readonly T[]>, listedAt: Date, maximumItems: number) {
    this.listedAt = listedAt;
    const first = Promise.withResolvers<void>();
    this.#firstPage = first.promise;
    this.#done = this.#read(pages, maximumItems, first.resolve);
    this.settled = this.#done.then(
      () => true,
      () => false,
    );
    this.#done.catch(first.reject);
    first.promise.catch(() => undefined);
  }

  /** After the whole list, or after the first page once patience has ended. @throws what the reading threw */
  async ready(patienceMs: number): Promise<void> {
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, patienceMs);
    try {
      await Promise.race([this.#done, Promise.all([this.#firstPage, patience.promise])]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(pages: AsyncIterable<readonly T[]>, maximumItems: number, firstPage: () => void): Promise<void> {
    for await (const page of pages) {
      this.items.push(...page);
      firstPage();
      if (this.items.length >= maximumItems) return;
    }
    this.complete = true;
    firstPage();
  }
}

async function aborted(signal: AbortSignal, work: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
