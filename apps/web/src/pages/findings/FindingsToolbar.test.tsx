// @vitest-environment jsdom
import { MockedProvider } from '@apollo/client/testing/react';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';
import { DeleteViewDocument } from '../../gql/graphql.js';
import { FindingsToolbar } from './FindingsToolbar.js';

afterEach(cleanup);

const surroundings = {
  savedViews: [{ id: 'v', name: 'Critical', query: 'severity=critical' }],
  projects: { edges: [] },
  connections: { edges: [] },
  overview: { imageCount: 1, scannedImageCount: 1 },
};

test.each([
  ['is gone already', { result: { data: { deleteView: { __typename: 'NotFoundProblem' as const, message: 'There is no such view.' } } } }, 'There is no such view.'],
  ['cannot be deleted', { error: new TypeError('Failed to fetch') }, 'No connection to the ESSCM server.'],
])('a view that %s is said to be, and the views are asked for again', async (_, answer, text) => {
  const onChanged = vi.fn<() => void>();
  render(
    <MockedProvider mocks={[{ request: { query: DeleteViewDocument, variables: { id: 'v' } }, ...answer }]}>
      <MemoryRouter initialEntries={['/findings?severity=critical']}>
        <FindingsToolbar surroundings={surroundings} countText="1 match" onChanged={onChanged} />
      </MemoryRouter>
    </MockedProvider>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Delete the view Critical' }));
  expect(await screen.findByText(text)).toBeDefined();
  expect(onChanged).toHaveBeenCalledOnce();
});
