// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, expect, test } from 'vitest';
import { ChartPanel } from './ChartPanel.js';

afterEach(cleanup);

function Charts() {
  return ['trend', 'ages'].map((name) => (
    <ChartPanel key={name} name={name} title={name} description="" table={{ label: `table of ${name}`, head: ['Day', 'Findings'], rows: [['Monday', '3']] }}>
      <p>chart of {name}</p>
    </ChartPanel>
  ));
}

/** What is seen on a page of two charts. */
const shown = () => [...screen.queryAllByRole('paragraph').map(({ textContent }) => textContent), ...screen.queryAllByRole('region').map((region) => region.getAttribute('aria-label'))].filter((text) => text !== '');

test.each([
  ['nothing', '', ['chart of trend', 'chart of ages']],
  ['one', '?tables=ages', ['chart of trend', 'table of ages']],
  ['both', '?tables=ages,trend', ['table of trend', 'table of ages']],
  ['what it does not know', '?tables=,pie,trend,', ['chart of ages', 'table of trend']],
])('an address that names %s as a table: %s', (_, search, expected) => {
  render(<RouterProvider router={createMemoryRouter([{ path: '/', Component: Charts }], { initialEntries: [`/${search}`] })} />);
  expect(shown()).toEqual(expected);
});

test('each choice is a step in the address that back undoes, and leaves the page of a list where it is', async () => {
  const router = createMemoryRouter([{ path: '/', Component: Charts }], { initialEntries: [{ pathname: '/', search: '?after=x&page=2', state: { trail: [''] } }] });
  render(<RouterProvider router={router} />);
  const address = () => new URLSearchParams(router.state.location.search).get('tables');
  for (const [press, tables] of [
    ['trend: show as table', 'trend'],
    ['ages: show as table', 'ages,trend'],
    ['trend: show as chart', 'ages'],
    ['ages: show as chart', null],
  ] as const) {
    fireEvent.click(screen.getByRole('button', { name: press }));
    await expect.poll(address).toBe(tables);
    expect(router.state.location.search).toContain('after=x&page=2');
    expect(router.state.location.state).toEqual({ trail: [''] });
  }
  expect(shown()).toEqual(['chart of trend', 'chart of ages']);
  await router.navigate(-1);
  await expect.poll(shown).toEqual(['chart of trend', 'table of ages']);
  await router.navigate(-1);
  await expect.poll(shown).toEqual(['table of trend', 'table of ages']);
});
