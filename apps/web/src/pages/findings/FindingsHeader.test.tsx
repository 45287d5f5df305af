// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FindingsHeader } from './FindingsHeader.js';

// A wide window; jsdom has no media queries.
beforeEach(() => {
  vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const counts = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };

function show(high: number): string {
  const { container } = render(
    <MemoryRouter>
      <FindingsHeader
        findings={{ totalCount: { count: high, exact: true }, totals: { exploitedCount: 0, fixableCount: 1, counts: { ...counts, high, total: high } } }}
        overview={{ imageCount: 2, scannedImageCount: 0 }}
        onSaved={() => undefined}
      />
    </MemoryRouter>,
  );
  return container.textContent ?? '';
}

test('findings are summed up by severity, exploitation and fix', () => {
  expect(show(3)).toMatch(/3 high.*0 exploited.*1 with a fix/);
});

test('where no finding is listed, nothing is said about vulnerabilities', () => {
  expect(show(0)).not.toMatch(/vulnerability|exploited|fix/);
  expect(screen.getByText('2 images have no result and are not counted')).toBeDefined();
});
