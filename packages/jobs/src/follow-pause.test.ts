import { expect, test } from 'vitest';
import { followPause } from './follow-pause.js';

test.each<[string, readonly boolean[], readonly string[]]>([
  ['paused', [true, true], ['pause']],
  ['not paused', [false, false], ['resume']],
  ['resumed while it was being paused', [true, false, false], ['pause', 'resume']],
  ['paused while it was being resumed', [false, true, true], ['resume', 'pause']],
])('the queue ends as the database has it: %s', async (_, answers, done) => {
  const left = [...answers];
  const calls: string[] = [];
  await followPause(
    { pause: async () => void calls.push('pause'), resume: async () => void calls.push('resume') },
    async () => left.shift() ?? false,
  );
  expect(calls).toEqual(done);
  expect(left).toEqual([]);
});
