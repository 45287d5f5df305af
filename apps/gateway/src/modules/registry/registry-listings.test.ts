import { describe, expect, test } from 'vitest';
import { RegistryListings } from './registry-listings.js';

const now = () => new Date('2026-11-23T06:00:00Z');
const never = new AbortController().signal;

async function* pagesOf(...pages: (readonly string[])[]) {
  yield* pages;
}

/** Reads lists by key, counting how often each was read. */
function reader(listings: RegistryListings) {
  const readings: string[] = [];
  const get = (key: string, { refresh = false, items = [key] as readonly string[] } = {}) =>
    listings.get(key, {
      refresh,
      signal: never,
      read: () => {
        readings.push(key);
        return pagesOf(items);
      },
    });
  return { get, readings };
}

describe('lists read from a registry', () => {
  test('are read once for all who ask at the same time, a refresh among them', async () => {
    const { get, readings } = reader(new RegistryListings({ now }));

    const views = await Promise.all([get('a'), get('a'), get('a', { refresh: true })]);

    expect(readings).toEqual(['a']);
    expect(views).toEqual(Array.from({ length: 3 }, () => ({ items: ['a'], complete: true, listedAt: now() })));
  });

  test('that were used longest ago make room for others', async () => {
    // A list weighs its items and 100: two of 50 items fit.
    const { get, readings } = reader(new RegistryListings({ now, maximumItems: 300 }));
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
    const listings = new RegistryListings({ now, maximumItemsOfOne: 3 });

    const view = await listings.get('a', { refresh: false, signal: never, read: () => pagesOf(['1', '2'], ['3', '4'], ['5']) });

    expect(view).toEqual({ items: ['1', '2', '3', '4'], complete: false, listedAt: now() });
  });

  test('are stopped when the gateway closes', async () => {
    const listings = new RegistryListings({ now, patienceMs: 0 });
    const stopped = Promise.withResolvers<void>();
    await listings.get('a', {
      refresh: false,
      signal: never,
      read: async function* (signal) {
        yield ['1'];
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        stopped.resolve();
      },
    });

    listings.close();

    await expect(stopped.promise).resolves.toBeUndefined();
  });

  test('leave the reader who goes away, and are read to the end for the next', async () => {
    const listings = new RegistryListings({ now });
    const rest = Promise.withResolvers<void>();
    const gone = new AbortController();
    const options = {
      refresh: false,
      read: async function* () {
        await rest.promise;
        yield ['1'];
      },
    };

    const first = listings.get('a', { ...options, signal: gone.signal });
    gone.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    rest.resolve();

    expect(await listings.get('a', { ...options, signal: never })).toEqual({ items: ['1'], complete: true, listedAt: now() });
  });
});
