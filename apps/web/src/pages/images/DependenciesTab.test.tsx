// @vitest-environment jsdom
import { MockedProvider } from '@apollo/client/testing/react';
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ImageDependenciesDocument } from '../../gql/graphql.js';
import { DependenciesTab } from './DependenciesTab.js';

// A wide window; jsdom has no media queries.
beforeEach(() => {
  vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const component = (id: string) => ({ __typename: 'Component' as const, id, name: id, version: '1', ecosystem: 'npm' });

async function show(requiredBy: number): Promise<void> {
  const dependencies = {
    __typename: 'ComponentDependencies' as const,
    dependsOnCount: 1,
    requiredByCount: requiredBy,
    component: component('middle'),
    dependsOn: [component('below')],
    requiredBy: Array.from({ length: requiredBy }, (_, index) => component(`above-${index}`)),
    chain: [],
  };
  const data = { image: { __typename: 'Image' as const, id: 'i', content: { __typename: 'ImageContent' as const, id: 'c', dependencies } } };
  render(
    <MockedProvider mocks={[{ request: { query: ImageDependenciesDocument, variables: { id: 'i', componentId: 'middle' } }, result: { data } }]}>
      <MemoryRouter initialEntries={['/?component=middle']}>
        <DependenciesTab imageId="i" />
      </MemoryRouter>
    </MockedProvider>,
  );
  await screen.findByText('Needed by it');
}

test('as many as the server gives are listed in both directions, and that there may be more is said', async () => {
  await show(100);
  expect(screen.getAllByText('Needs it')).toHaveLength(100);
  expect(screen.getByText('At most 100 of each relation are listed.')).toBeDefined();
});

test('a whole list says nothing', async () => {
  await show(3);
  expect(screen.queryByText(/^At most 100/)).toBeNull();
});
