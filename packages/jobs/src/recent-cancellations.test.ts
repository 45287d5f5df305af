import { expect, it } from 'vitest';
import { RecentCancellations } from './recent-cancellations.js';

it('covers a job added before its cancellation, and not one added again afterwards', () => {
  const cancellations = new RecentCancellations();
  cancellations.remember('a', 1000);
  expect(['a', 'a', 'a', 'b'].map((id, index) => cancellations.covers(id, [999, 1000, 1001, 0][index] ?? 0))).toEqual([true, true, false, false]);
});

it('forgets what is long over', () => {
  const cancellations = new RecentCancellations();
  cancellations.remember('a', 1000);
  cancellations.remember('b', 31_000);
  expect(cancellations.covers('a', 0)).toBe(true);
  cancellations.remember('c', 31_001);
  expect(cancellations.covers('a', 0)).toBe(false);
});
