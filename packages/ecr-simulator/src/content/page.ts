import { createHmac, timingSafeEqual } from 'node:crypto';

const MAX_KNOWN_PLACES = 100_000;

/** One page. A page may be short, even empty, while `nextToken` says that there is more. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

/**
 * Cuts lists into pages the way ECR does: in an order that means nothing (a permutation drawn from the seed) and with opaque tokens bound to
 * the query. A token names a place in the order and not an offset, so an item that is there all along is listed exactly once even while others
 * come and go.
 */
export class Pager {
  readonly #key: string;
  /** Places computed before, so that the many pages of a long list do not compute them again. */
  readonly #places = new Map<string, string>();
  /** Lists put in order before, as long as they are the same list. */
  readonly #orders = new WeakMap<readonly unknown[], readonly { readonly item: unknown; readonly place: string }[]>();

  /** The same seed gives the same order and understands the same tokens. */
  constructor(seed: string) {
    this.#key = seed;
  }

  /**
   * @param query everything the token is bound to
   * @param keyOf a key unique among the items
   * @param keep applied after the page is cut, which is why pages can be short
   * @returns undefined when the token is foreign, altered, or belongs to another query
   */
  page<Item>(
    items: readonly Item[],
    keyOf: (item: Item) => string,
    options: { readonly query: string; readonly token: string | undefined; readonly size: number; readonly keep?: (item: Item) => boolean },
  ): Page<Item> | undefined {
    const after = options.token === undefined ? '' : this.#readToken(options.query, options.token);
    if (after === undefined) return undefined;
    const placed = this.#ordered(items, keyOf).filter(({ place }) => place > after);
    const cut = placed.slice(0, options.size);
    const last = cut.at(-1);
    const { keep } = options;
    return {
      items: cut.map(({ item }) => item).filter((item) => keep === undefined || keep(item)),
      nextToken: last === undefined || cut.length === placed.length ? undefined : this.#writeToken(options.query, last.place),
    };
  }

  #ordered<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly { readonly item: Item; readonly place: string }[] {
    // What is kept for a list was made of its items.
    const known = this.#orders.get(items) as readonly { readonly item: Item; readonly place: string }[] | undefined;
    const ordered = known ?? items.map((item) => ({ item, place: this.#placeOf(keyOf(item)) })).toSorted((left, right) => (left.place < right.place ? -1 : 1));
    this.#orders.set(items, ordered);
    return ordered;
  }

  #placeOf(key: string): string {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    if (this.#places.size >= MAX_KNOWN_PLACES) this.#places.clear();
    const place = this.#sign(`place ${key}`);
    this.#places.set(key, place);
    return place;
  }

  #writeToken(query: string, place: string): string {
    return Buffer.from(`${place}${this.#sign(`token ${place} ${query}`)}`, 'hex').toString('base64url');
  }

  #readToken(query: string, token: string): string | undefined {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 64 || bytes.toString('base64url') !== token) return undefined;
    const place = bytes.subarray(0, 32).toString('hex');
    const expected = Buffer.from(this.#sign(`token ${place} ${query}`), 'hex');
    return timingSafeEqual(bytes.subarray(32), expected) ? place : undefined;
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex');
  }
}
