import { describe, expect, test } from 'vitest';
import type { Clock } from './clock.js';
import { RequestPace } from './request-pace.js';

/** A clock whose sleepers wake at their time, at once. */
function startClock(): Clock & { nowMs: number } {
  const clock = {
    nowMs: 0,
    now: () => clock.nowMs,
    sleep: async (durationMs: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      clock.nowMs += durationMs;
    },
  };
  return clock;
}

const { signal } = new AbortController();
const asked = { signal, host: 'public.ecr.aws' };

/** When each of a number of requests, one after another, gets its turn. */
async function turns(pace: RequestPace, clock: Clock, count: number): Promise<readonly number[]> {
  const at: number[] = [];
  for (let request = 0; request < count; request += 1) {
    await pace.wait(asked);
    at.push(clock.now());
  }
  return at;
}

describe('a pace', () => {
  test.each([
    [1, 1, [0, 1000, 2000, 3000]],
    [10, 1, [0, 100, 200, 300]],
    [1, 3, [0, 0, 0, 1000, 2000]],
  ])('of %d a second and %d at once', async (perSecond, burst, expected) => {
    const clock = startClock();

    expect(await turns(new RequestPace({ perSecond, burst, clock }), clock, expected.length)).toEqual(expected);
  });

  test('allows a burst again after a rest, and no more than that', async () => {
    const clock = startClock();
    const pace = new RequestPace({ perSecond: 1, burst: 2, clock });
    await turns(pace, clock, 4);
    clock.nowMs = 60_000;

    expect(await turns(pace, clock, 3)).toEqual([60_000, 60_000, 61_000]);
  });

  test('refuses who would wait too long, saying how long, and takes nobody else a turn by it', async () => {
    const clock = startClock();
    const pace = new RequestPace({ perSecond: 1, burst: 1, clock });
    const sleeping = { ...clock, sleep: () => new Promise<void>(() => undefined) };
    const busy = new RequestPace({ perSecond: 1, burst: 1, clock: sleeping });
    await busy.wait(asked);
    void busy.wait(asked);
    void busy.wait(asked);

    await expect(busy.wait({ ...asked, longestWaitMs: 2000 })).rejects.toMatchObject({ code: 'throttled', retryAfterMs: 3000, retryable: false });
    await expect(busy.wait({ ...asked, longestWaitMs: 2000 })).rejects.toMatchObject({ retryAfterMs: 3000 });
    expect(await turns(pace, clock, 1)).toEqual([0]);
  });

  test('leaves when it is not waited for any more', async () => {
    const clock = startClock();
    const pace = new RequestPace({ perSecond: 1, burst: 1, clock });
    await pace.wait(asked);

    await expect(pace.wait({ ...asked, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });
});
