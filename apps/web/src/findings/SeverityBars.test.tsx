// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test } from 'vitest';
import { SeverityBars } from './SeverityBars.js';

afterEach(cleanup);

test('each severity says how many it has and how many of these have a fix, and leads to both', () => {
  render(
    <MemoryRouter>
      <SeverityBars counts={{ critical: 2, high: 1211, low: 3, unknown: 1 }} fixable={{ critical: 1, high: 1010 }} addressOf={(level, fix) => `/${level}/${fix ?? 'all'}`} />
    </MemoryRouter>,
  );
  const rows = screen.getAllByRole('listitem').map((row) => [row.textContent, ...within(row).queryAllByRole('link').map((link) => `${link.getAttribute('aria-label')} -> ${link.getAttribute('href')}`)]);
  expect(rows).toEqual([
    ['Critical21 fixable', '2 critical -> /critical/all', '1 fixable, critical -> /critical/available'],
    ['High1,2111,010 fixable', '1,211 high -> /high/all', '1,010 fixable, high -> /high/available'],
    ['Medium0', '0 medium -> /medium/all'],
    ['Low30 fixable', '3 low -> /low/all'],
    ['Unrated10 fixable', '1 unrated -> /unknown/all'],
  ]);
});
