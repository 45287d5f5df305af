// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ScanLogFactsFragment } from '../../gql/graphql.js';
import { ScanLog } from './ScanLog.js';

// jsdom neither scrolls nor has media queries.
const scrollTo = vi.fn<() => void>();
beforeEach(() => {
  vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }));
  Element.prototype.scrollTo = scrollTo;
  scrollTo.mockClear();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const line = (position: number): ScanLogFactsFragment => ({ position, at: '2026-11-23T14:33:02.000Z', attempt: 1, level: 'INFO', stage: 'PULL', text: `line ${position}` });
const log = (lines: readonly ScanLogFactsFragment[], active: boolean) => <ScanLog lines={lines} active={active} fileName="scan.log" />;

test.each([
  [true, 'Lines appear when the scan begins.'],
  [false, 'Nothing was written, or it was more than 30 days ago.'],
])('without lines, active %j', (active, text) => {
  render(log([], active));
  expect(screen.getByText(text)).toBeDefined();
});

test('says how many lines there are, and how many before them are gone', () => {
  render(log([line(203), line(204)], false));
  expect(screen.getByText('2 lines; the 202 lines before are not kept')).toBeDefined();
  expect(screen.queryByRole('checkbox', { name: 'Follow' })).toBeNull();
});

test('the last line stays in sight until somebody scrolls up', () => {
  const { rerender } = render(log([line(1)], true));
  expect(scrollTo).toHaveBeenCalledTimes(1);
  rerender(log([line(1), line(2)], true));
  expect(scrollTo).toHaveBeenCalledTimes(2);
  fireEvent.keyDown(screen.getByRole('region', { name: 'Lines of the log' }), { key: 'PageUp' });
  rerender(log([line(1), line(2), line(3)], true));
  expect(scrollTo).toHaveBeenCalledTimes(2);
});
