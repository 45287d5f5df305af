// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { RepositoryTree } from './RepositoryTree.js';

afterEach(cleanup);

const tree = {
  nodes: [],
  expanded: [],
  listedAt: undefined,
  loading: false,
  problem: undefined,
  stale: undefined,
  first: undefined,
  toggle: () => undefined,
  loadMore: () => undefined,
  refresh: () => undefined,
};

test.each([undefined, 1, 1204])('the search keeps its name with %s repositories', (repositoryCount) => {
  render(<RepositoryTree tree={{ ...tree, repositoryCount }} search="" onSearch={() => undefined} current={undefined} onOpen={() => undefined} />);
  expect(screen.getByRole('searchbox', { name: 'Find a repository' })).toBeDefined();
});
