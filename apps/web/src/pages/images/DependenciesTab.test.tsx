// @vitest-environment jsdom
import { MockedProvider } from '@apollo/client/testing/react';
import { cleanup, render, screen, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type DependencyRelation, ImageDependenciesDocument } from '../../gql/graphql.js';
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

/** A component that `direct` others need, of which the server gives a page and those to draw. */
async function show(direct: number, chain: readonly string[] = []): Promise<void> {
  const above = Array.from({ length: Math.min(direct, 50) }, (_, index) => component(`above-${index}`));
  const edge = (relation: DependencyRelation, node: ReturnType<typeof component>) => ({ __typename: 'NeighbourEdge' as const, relation, node });
  const dependencies = {
    __typename: 'ComponentDependencies' as const,
    dependsOnCount: 1,
    requiredByCount: direct + 40,
    directDependsOnCount: 1,
    directRequiredByCount: direct,
    component: component('middle'),
    dependsOn: [component('below')],
    requiredBy: above.slice(0, 12),
    chain: chain.map(component),
    neighbours: {
      __typename: 'NeighbourConnection' as const,
      pageInfo: { __typename: 'PageInfo' as const, hasNextPage: direct > 50, endCursor: 'fifty' },
      edges: [...above.map((node) => edge('REQUIRED_BY', node)), ...(direct > 50 ? [] : [edge('DEPENDS_ON', component('below'))])],
    },
  };
  const data = { image: { __typename: 'Image' as const, id: 'i', content: { __typename: 'ImageContent' as const, id: 'c', dependencies } } };
  const variables = { id: 'i', componentId: 'middle', drawn: 12, first: 50, after: null };
  render(
    <MockedProvider mocks={[{ request: { query: ImageDependenciesDocument, variables }, result: { data } }]}>
      <MemoryRouter initialEntries={['/?component=middle']}>
        <DependenciesTab imageId="i" />
      </MemoryRouter>
    </MockedProvider>,
  );
  await screen.findAllByText('Needs it');
}

test('of many the graph draws a dozen and counts the rest, and the table turns pages through all', async () => {
  await show(500);
  expect(screen.getByText('and 488 more')).toBeDefined();
  expect(screen.getByText('500 need it directly and 540 at any distance. It needs 1 directly and 1 at any distance. Direct ones are listed.')).toBeDefined();
  expect(screen.getAllByText('Needs it')).toHaveLength(50);
  expect(screen.getByLabelText('Next page').hasAttribute('disabled')).toBe(false);
});

test('a whole list has one page, and the graph the same as the table', async () => {
  await show(3);
  expect(screen.queryByText(/more$/)).toBeNull();
  expect(screen.queryByLabelText('Next page')).toBeNull();
  const graph = within(screen.getByRole('region', { name: /^Dependency graph/ })).getAllByRole<HTMLAnchorElement>('link').map((link) => link.title);
  expect(graph).toEqual(['above-0 1', 'above-1 1', 'above-2 1', 'below 1']);
  expect(within(screen.getByRole('grid')).getAllByRole('link').map(({ textContent }) => `${textContent} 1`)).toEqual(graph);
});

test('a long way to it is told by its ends, and whole in a list', async () => {
  await show(1, ['hub', 'a', 'b', 'c', 'd', 'e', 'middle']);
  expect(screen.getByText('It is here because hub needs a, which needs b, and so on by way of 2 others to e, which needs middle.')).toBeDefined();
  expect(within(screen.getByRole('list')).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['1 hub 1', '2 a 1', '3 b 1', '4 c 1', '5 d 1', '6 e 1', '7 middle 1']);
});
