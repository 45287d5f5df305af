import { type CallMeter, RegistryError } from '@esscm/registry-core';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ListingView, type ListReading, RegistryListings } from './registry-listings.js';

const now = () => new Date('2026-11-23T06:00:00Z');
const never = new AbortController().signal;
const freely: CallMeter = { turn: () => Promise.resolve(), made: () => undefined };

/** A list of texts; each weighs ten. */
class Texts {
  readonly items: string[] = [];

  add(page: readonly string[]): void {
    this.items.push(...page);
  }

  get length(): number {
    return this.items.length;
  }

  get bytes(): number {
    return this.length * 10;
  }
}

async function* pagesOf(...pages: (readonly string[])[]) {
  yield* pages;
}

/** What `get` is asked for, unless the test says otherwise. */
const reading = (changes: Partial<ListReading<string, Texts>> = {}): ListReading<string, Texts> => ({
  refresh: false,
  signal: never,
  body: () => new Texts(),
  meter: freely,
  read: () => pagesOf(['a']),
  ...changes,
});

const shown = ({ body, ...view }: ListingView<Texts>) => ({ items: [...body.items], ...view });

/** Reads lists by key, counting how often each was read. */
function reader(listings: RegistryListings) {
  const readings: string[] = [];
  const get = (key: string, { refresh = false, items = [key] as readonly string[] } = {}) =>
    listings.get(
      key,
      reading({
        refresh,
        read: () => {
          readings.push(key);
          return pagesOf(items);
        },
      }),
    );
  return { get, readings };
}

describe('lists read from a registry', () => {
  test('are read once for all who ask at the same time, a refresh among them', async () => {
    const { get, readings } = reader(new RegistryListings({ now }));

    const views = await Promise.all([get('a'), get('a'), get('a', { refresh: true })]);

    expect(readings).toEqual(['a']);
    expect(views.map(shown)).toEqual(Array.from({ length: 3 }, () => ({ items: ['a'], complete: true, listedAt: now(), calls: 0 })));
  });

  test('that were used longest ago make room for others', async () => {
    const { get, readings } = reader(new RegistryListings({ now, maximumBytes: 1000 }));
    const items = Array.from({ length: 50 }, (_, index) => `${index}`);

    await get('a', { items });
    await get('b', { items });
    await get('a', { items });
    await get('c', { items });
    await get('a', { items });
    await get('b', { items });

    expect(readings).toEqual(['a', 'b', 'c', 'b']);
  });

  test('of a connection that was removed are forgotten', async () => {
    const listings = new RegistryListings({ now });
    const { get, readings } = reader(listings);
    await get('con_1 repositories');
    await get('con_2 repositories');

    listings.forget('con_1 ');
    await get('con_1 repositories');
    await get('con_2 repositories');

    expect(readings).toEqual(['con_1 repositories', 'con_2 repositories', 'con_1 repositories']);
  });

  test('longer than allowed end there and stay incomplete', async () => {
    const listings = new RegistryListings({ now, maximumLength: 3 });

    const view = await listings.get('a', reading({ read: () => pagesOf(['1', '2'], ['3', '4'], ['5']) }));

    expect(shown(view)).toEqual({ items: ['1', '2', '3', '4'], complete: false, listedAt: now(), calls: 0 });
  });

  test('say what they have cost, and are paced by their source', async () => {
    const listings = new RegistryListings({ now });
    const paced: string[] = [];
    const meter: CallMeter = { turn: async () => void paced.push('turn'), made: (requests) => void paced.push(`made ${requests}`) };

    const view = await listings.get(
      'a',
      reading({
        meter,
        read: async function* (options) {
          await options.meter.turn(options.signal);
          options.meter.made(3);
          yield ['1'];
        },
      }),
    );

    expect([view.calls, paced]).toEqual([3, ['turn', 'made 3']]);
    expect(listings.peek<Texts>('a')?.body.items).toEqual(['1']);
    expect(listings.peek('b')).toBeUndefined();
  });

  test('stay when they cannot be read again, with the reason', async () => {
    const listings = new RegistryListings({ now });
    const problem = new RegistryError({ kind: 'throttled', heading: 'Slow', message: 'Too many requests.' });
    const failing = reading({
      refresh: true,
      read: async function* () {
        yield await Promise.reject<readonly string[]>(problem);
      },
    });

    await expect(listings.get('a', failing)).rejects.toBe(problem);
    await listings.get('a', reading());
    expect(shown(await listings.get('a', failing))).toEqual({ items: ['a'], complete: true, listedAt: now(), calls: 0, problem });
    expect(shown(await listings.get('a', reading()))).toEqual({ items: ['a'], complete: true, listedAt: now(), calls: 0 });
  });

  test('are given as far as they have arrived 0.7 seconds after they were asked for', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const listings = new RegistryListings({ now });
    const rest = Promise.withResolvers<void>();
    const answered = vi.fn<(view: ListingView<Texts>) => void>();
    const read = async function* () {
      yield ['1'];
      await rest.promise;
    };
    void listings.get('a', reading({ read })).then(answered);

    await vi.advanceTimersByTimeAsync(699);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(answered.mock.calls.map(([view]) => shown(view))).toEqual([{ items: ['1'], complete: false, listedAt: now(), calls: 0 }]);
  });

  test('are stopped when the gateway closes', async () => {
    const listings = new RegistryListings({ now, patienceMs: 0 });
    const stopped = Promise.withResolvers<void>();
    await listings.get(
      'a',
      reading({
        read: async function* ({ signal }) {
          yield ['1'];
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          stopped.resolve();
        },
      }),
    );

    listings.close();

    await expect(stopped.promise).resolves.toBeUndefined();
  });

  test('leave the reader who goes away, and are read to the end for the next', async () => {
    const listings = new RegistryListings({ now });
    const rest = Promise.withResolvers<void>();
    const gone = new AbortController();
    const read = async function* () {
      await rest.promise;
      yield ['1'];
    };

    const first = listings.get('a', reading({ read, signal: gone.signal }));
    gone.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    rest.resolve();

    expect(shown(await listings.get('a', reading({ read })))).toEqual({ items: ['1'], complete: true, listedAt: now(), calls: 0 });
  });
});
