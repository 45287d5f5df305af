// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, expect, test } from 'vitest';
import { useSetAddressDetails, useSetAddressValues } from './use-address-state.js';

afterEach(cleanup);

function Buttons() {
  const setValues = useSetAddressValues();
  const setDetails = useSetAddressDetails();
  return (
    <>
      <button onClick={() => setValues({ range: '', type: '', search: 'log4j' })}>values</button>
      <button onClick={() => setDetails({ version: 'b', places: '' })}>details</button>
    </>
  );
}

test.each([
  ['values', '?range=1&type=npm&version=a&after=x&page=2', '?version=a&search=log4j', null],
  ['details', '?range=1&version=a&places=y&after=x&page=2', '?range=1&version=b&after=x&page=2', { trail: [''] }],
])('several %s change in one step; only values start the list over', async (name, before, after, state) => {
  const router = createMemoryRouter([{ path: '/', Component: Buttons }], { initialEntries: [{ pathname: '/', search: before, state: { trail: [''] } }] });
  render(<RouterProvider router={router} />);
  fireEvent.click(screen.getByRole('button', { name }));
  await expect.poll(() => router.state.location.search).toBe(after);
  expect(router.state.location.state).toEqual(state);
});
