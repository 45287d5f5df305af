// @vitest-environment jsdom
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { unreachable } from '../graphql/connection-state.js';
import { QueryView } from './QueryView.js';

beforeEach(() => unreachable.set(false));
afterEach(cleanup);

const refused = (code: string) => new CombinedGraphQLErrors({ data: null, errors: [{ message: 'No.', extensions: { code } }] });

function show(result: { readonly data?: string; readonly previousData?: string; readonly loading?: boolean; readonly error?: unknown }) {
  const refetch = vi.fn<() => Promise<unknown>>(() => Promise.resolve());
  const { container } = render(
    <MemoryRouter initialEntries={['/images?search=web&after=nonsense&page=2']}>
      <QueryView result={{ loading: false, ...result, refetch }}>
        {(data, refreshing) => <p>{`${data}${refreshing ? ', refreshing' : ''}`}</p>}
      </QueryView>
    </MemoryRouter>,
  );
  return { text: container.textContent ?? '', refetch };
}

test.each([
  ['loading', { loading: true }, /^$/],
  ['loaded', { data: 'new' }, /^new$/],
  ['turning to another page: the one before stays', { previousData: 'old', loading: true }, /^old, refreshing$/],
  ['failed', { error: refused('INTERNAL_SERVER_ERROR') }, /This page could not be loaded.*Try again/],
  ['forbidden', { error: refused('FORBIDDEN') }, /You may not see this page.*An administrator/],
  ['an address that nobody understands', { error: refused('BAD_USER_INPUT') }, /This address cannot be read.*Show the first page/],
  ['stale, because the newer answer failed', { data: 'old', error: refused('INTERNAL_SERVER_ERROR') }, /This is what was known before.*Try again.*old/],
])('%s', (_, result, text) => {
  expect(show(result).text).toMatch(text);
});

test('offline, with an answer of before: it stays, and the bar at the top says why', () => {
  unreachable.set(true);
  expect(show({ data: 'old', error: new TypeError('Failed to fetch') }).text).toBe('old');
});

test('trying again asks again', () => {
  const { refetch } = show({ data: 'old', error: refused('INTERNAL_SERVER_ERROR') });
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(refetch).toHaveBeenCalledOnce();
});
