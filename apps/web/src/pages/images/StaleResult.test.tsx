// @vitest-environment jsdom
import { MockedProvider } from '@apollo/client/testing/react';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test } from 'vitest';
import { UpdateAdvisoriesDocument } from '../../gql/graphql.js';
import { StaleResult } from './StaleResult.js';

afterEach(cleanup);

const dayMs = 24 * 3_600_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * dayMs).toISOString();

function show(advisoriesAt: string, answer: { readonly result: { readonly data: unknown } } | { readonly error: Error }): void {
  render(
    <MockedProvider mocks={[{ request: { query: UpdateAdvisoriesDocument, variables: { names: null } }, ...answer }] as never}>
      <MemoryRouter>
        <StaleResult advisoriesAt={advisoriesAt} />
      </MemoryRouter>
    </MockedProvider>,
  );
}

const updated = { result: { data: { updateAdvisories: { sources: [] } } } };

test('a result that is two days old at most says nothing', () => {
  show(daysAgo(1.9), updated);
  expect(document.body.textContent).toBe('');
});

test('an older one says how old, and fetches advisories', async () => {
  show(daysAgo(9.1), updated);
  expect(screen.getByText('This result is 9 days behind')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Update advisories' }));
  expect(await screen.findByText(/Advisories are being fetched, and the image is matched again by itself/)).toBeDefined();
  expect(screen.getByRole('button', { name: 'Update advisories' }).hasAttribute('disabled')).toBe(true);
});

test('what stood in the way is said, and the button stays', async () => {
  show(daysAgo(9.1), { error: new TypeError('Failed to fetch') });
  fireEvent.click(screen.getByRole('button', { name: 'Update advisories' }));
  expect(await screen.findByText('No connection to the ESSCM server.')).toBeDefined();
});
