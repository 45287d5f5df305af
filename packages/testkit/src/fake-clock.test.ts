import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.js';

test('an automatic clock is slept forward', async () => {
  const clock = new FakeClock({ now: 1000 });
  await clock.sleep(250);
  expect([clock.now(), clock.sleeps]).toEqual([1250, [250]]);
});

test('a manual clock wakes sleepers in order when it is moved', async () => {
  const clock = new FakeClock({ now: 0, automatic: false });
  const woken: string[] = [];
  const sleeps = [clock.sleep(20).then(() => woken.push('second')), clock.sleep(10).then(() => woken.push('first'))];
  clock.advance(9);
  await Promise.resolve();
  expect(woken).toEqual([]);
  clock.advance(11);
  await Promise.all(sleeps);
  expect(woken).toEqual(['first', 'second']);
});

test('an abort ends a sleep with its reason', async () => {
  const controller = new AbortController();
  const sleep = new FakeClock({ automatic: false }).sleep(10, controller.signal);
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(sleep).rejects.toBe(reason);
  await expect(new FakeClock().sleep(10, controller.signal)).rejects.toBe(reason);
});
