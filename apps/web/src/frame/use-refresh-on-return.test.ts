// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useRefreshOnReturn } from './use-refresh-on-return.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function see(hidden: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

test.each([
  [4_999, 0],
  [5_000, 1],
])('after %i ms in another tab the page is asked for %i times', (awayMs, times) => {
  const refetchQueries = vi.fn<() => never>();
  renderHook(() => useRefreshOnReturn({ refetchQueries }));
  see(true);
  vi.advanceTimersByTime(awayMs);
  see(false);
  expect(refetchQueries).toHaveBeenCalledTimes(times);
});
