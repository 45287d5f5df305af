import type { CallMeter, RegistryError } from '@esscm/registry-core';
import { RegistryError as RegistryFailure } from '@esscm/registry-core';
import { Listing } from './listing.js';

/** What a list is collected in. */
export interface ListBody<T> {
  add(page: readonly T[]): void;
  readonly length: number;
  /** About how much memory it takes. */
  readonly bytes: number;
}

/** What is known of one list now. */
export interface ListingView<Body> {
  readonly body: Body;
  /** False while more are being read. */
  readonly complete: boolean;
  /** When the registry was asked. */
  readonly listedAt: Date;
  /** Requests the reading has taken so far. */
  readonly calls: number;
  /** Why the latest attempt to read it again failed; the list is then the one of before. */
  readonly problem?: RegistryError;
}

/** How to read a list, and what to collect it in. */
export interface ListReading<T, Body extends ListBody<T>> {
  readonly refresh: boolean;
  readonly signal: AbortSignal;
  /** Wait for the whole list, however long it takes. */
  readonly whole?: boolean;
  readonly read: (options: { readonly signal: AbortSignal; readonly meter: CallMeter }) => AsyncIterable<readonly T[]>;
  readonly body: () => Body;
  readonly meter: CallMeter;
}

interface ListingsOptions {
  readonly now: () => Date;
  /** Older lists are read again. */
  readonly maximumAgeMs?: number;
  /** How long a reader waits for the whole list before it gets what has arrived; 700 unless told. */
  readonly patienceMs?: number;
  /** Memory of all lists together; beyond it the list used longest ago is forgotten. */
  readonly maximumBytes?: number;
  /** A list longer than this stays incomplete. */
  readonly maximumLength?: number;
}

const readTimeoutMs = 30 * 60_000;

/**
 * Lists read from registries, kept by key for a while. One reading at a time for each key, whoever asks; a failed reading leaves
 * the earlier list in place.
 */
export class RegistryListings {
  readonly #options: Required<ListingsOptions>;
  /** In the order of last use. */
  readonly #listings = new Map<string, Listing<unknown>>();
  readonly #reading = new Map<string, Listing<unknown>>();
  readonly #stopped = new AbortController();

  constructor(options: ListingsOptions) {
    this.#options = { maximumAgeMs: 15 * 60_000, patienceMs: 700, maximumBytes: 128_000_000, maximumLength: 500_000, ...options };
  }

  /**
   * The whole list, or what has arrived after 0.7 seconds, at least the first page of the registry: whoever looks has rows
   * within a second of that page, with the way to the browser.
   * `key` has to name the kind of list too, as all lists of one key have the same body.
   * @throws whatever the reading threw, when there is no earlier list
   */
  async get<T, Body extends ListBody<T>>(key: string, reading: ListReading<T, Body>): Promise<ListingView<Body>> {
    const kept = this.#listings.get(key);
    const fresh = kept !== undefined && this.#options.now().getTime() - kept.listedAt.getTime() < this.#options.maximumAgeMs;
    const listing = this.#reading.get(key) ?? (fresh && !reading.refresh ? kept : this.#start(key, reading));
    this.#touch(key);
    try {
      await untilAborted(reading.signal, listing.ready(reading.whole === true ? undefined : this.#options.patienceMs));
    } catch (error) {
      if (kept === undefined || !(error instanceof RegistryFailure) || reading.signal.aborted) throw error;
      return viewOf(kept, error);
    }
    return viewOf(listing);
  }

  /** The list as far as it is known, without asking the registry. */
  peek<Body>(key: string): ListingView<Body> | undefined {
    const listing = this.#listings.get(key) ?? this.#reading.get(key);
    return listing === undefined ? undefined : viewOf(listing);
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

  #touch(key: string): void {
    const kept = this.#listings.get(key);
    if (kept === undefined) return;
    this.#listings.delete(key);
    this.#listings.set(key, kept);
  }

  #start<T, Body extends ListBody<T>>(key: string, { read, body, meter }: ListReading<T, Body>): Listing<unknown> {
    const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(readTimeoutMs)]);
    const listing = new Listing<T>({ read: (counting) => read({ signal, meter: counting }), body: body(), meter, listedAt: this.#options.now(), maximumLength: this.#options.maximumLength });
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
    let bytes = 0;
    for (const listing of this.#listings.values()) bytes += listing.body.bytes;
    for (const [key, listing] of this.#listings) {
      if (bytes <= this.#options.maximumBytes) return;
      bytes -= listing.body.bytes;
      this.#listings.delete(key);
    }
  }
}

/** All lists of one key have the same body: what `get` promises. */
function viewOf<Body>({ body, complete, listedAt, calls }: Listing<unknown>, problem?: RegistryError): ListingView<Body> {
  return { body: body as Body, complete, listedAt, calls, ...(problem !== undefined && { problem }) };
}

async function untilAborted(signal: AbortSignal, work: Promise<void>): Promise<void> {
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
