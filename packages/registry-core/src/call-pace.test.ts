import { describe, expect, it } from 'vitest';
import { CallPace } from './call-pace.js';

/** A pace of 5 a second, 3 at once, whose sleeps are noted and end at once. */
function startPace(random = 0) {
  const sleeps: number[] = [];
  let now = 0;
  const pace = new CallPace({
    perSecond: 5,
    burst: 3,
    now: () => now,
    random: () => random,
    sleep: async (durationMs) => {
      sleeps.push(Math.round(durationMs));
      now += durationMs;
    },
  });
  const calls = async (count: number, requests = 1): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      await pace.turn(AbortSignal.timeout(60_000));
      pace.made(requests);
    }
  };
  return { pace, sleeps, calls, pass: (ms: number) => (now += ms) };
}

describe('CallPace', () => {
  it('lets a burst through, then paces, and saves up again during a pause', async () => {
    const { sleeps, calls, pass } = startPace();
    await calls(5);
    expect(sleeps).toEqual([200, 200]);
    pass(10_000);
    await calls(4);
    expect(sleeps).toEqual([200, 200, 200]);
  });

  it('halves its rate when requests are refused, and grows back', async () => {
    const { pace, sleeps, calls } = startPace();
    await calls(3);
    await calls(1, 3);
    await calls(2);
    expect(sleeps).toEqual([200, 200, 400]);
    await calls(20);
    expect(sleeps.at(-1)).toBe(200);
    expect({ requests: pace.requests, refused: pace.refused }).toEqual({ requests: 28, refused: 2 });
  });

  it('never stops altogether, however often it is refused', async () => {
    const { sleeps, calls } = startPace();
    await calls(20, 5);
    expect(sleeps.at(-1)).toBe(5000);
  });

  it('adds up to a fifth of jitter to a wait', async () => {
    const { sleeps, calls } = startPace(1);
    await calls(4);
    expect(sleeps).toEqual([240]);
  });

  it.each([
    [1, 1, [0, 1000, 2000, 3000]],
    [10, 1, [0, 100, 200, 300]],
    [1, 3, [0, 0, 0, 1000, 2000]],
  ])('keeps exactly to %d a second and %d at once without jitter, and says each wait before', async (perSecond, burst, expected) => {
    let now = 0;
    const pace = new CallPace({ perSecond, burst, jitter: 0, now: () => now, sleep: async (durationMs) => void (now += durationMs) });
    const turns: number[] = [];
    for (const _turn of expected) {
      const promised = now + pace.waitMs;
      await pace.turn(AbortSignal.timeout(60_000));
      expect(now).toBe(promised);
      turns.push(now);
    }
    expect(turns).toEqual(expected);
  });

  it('gives up with the signal, before a wait and in one', async () => {
    const pace = new CallPace({ perSecond: 0.001, burst: 1 });
    const stopped = new Error('stopped');
    await expect(pace.turn(AbortSignal.abort(stopped))).rejects.toBe(stopped);
    await pace.turn(AbortSignal.timeout(60_000));
    const abort = new AbortController();
    const waiting = pace.turn(abort.signal);
    abort.abort(stopped);
    await expect(waiting).rejects.toBe(stopped);
  });
});
