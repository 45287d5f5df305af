import { expect, test } from 'vitest';
import { fetchSeveral } from './fetch-several.js';

test('every item is worked on once', async () => {
  const done: number[] = [];
  await fetchSeveral([1, 2, 3, 4, 5], 2, async (item) => void done.push(item));
  expect(done.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5]);
});

test('after a failure nothing is begun, and what was begun has ended', async () => {
  const slow = Promise.withResolvers<void>();
  const events: string[] = [];
  const work = async (item: string): Promise<void> => {
    events.push(`${item} begun`);
    if (item === 'broken') {
      queueMicrotask(slow.resolve);
      throw new TypeError('broken');
    }
    await slow.promise;
    events.push(`${item} ended`);
  };
  await expect(fetchSeveral(['slow', 'broken', 'later'], 2, work)).rejects.toThrow('broken');
  expect(events).toEqual(['slow begun', 'broken begun', 'slow ended']);
});
