// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';
import { SessionGate } from './SessionGate.js';
import { SessionProvider } from './session.js';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test.each<[string, () => Promise<Response>, string, string]>([
  ['no server', () => Promise.reject(new TypeError('Failed to fetch')), 'No connection to the ESSCM server', 'The server did not answer. Start it, or check the address.'],
  ['a proxy in its place', () => Promise.resolve(new Response('<html>', { status: 502 })), 'No connection to the ESSCM server', 'The server did not answer. Start it, or check the address.'],
  [
    'a server that is too busy',
    () => Promise.resolve(Response.json({ errors: [{ message: 'The answer took longer than 30 seconds.' }] }, { status: 504, headers: { 'x-correlation-id': 'c0ffee' } })),
    'The server could not say who is signed in',
    'The answer took longer than 30 seconds.',
  ],
])('%s is told apart', async (_, answer, title, text) => {
  vi.stubGlobal('fetch', answer);
  render(
    <SessionProvider>
      <RouterProvider router={createMemoryRouter([{ path: '/', Component: SessionGate }])} />
    </SessionProvider>,
  );
  await screen.findByRole('heading', { name: title });
  expect(screen.getByText(text)).toBeDefined();
  expect(screen.queryByText('Reference c0ffee') !== null).toBe(title.startsWith('The server'));
});
