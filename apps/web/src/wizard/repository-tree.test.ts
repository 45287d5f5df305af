import { expect, test } from 'vitest';
import { repositoriesOf, repositoryTree, type RepositoryNode } from './repository-tree.js';

/** A tree as indented text. */
function draw(nodes: readonly RepositoryNode[], indent = ''): string[] {
  return nodes.flatMap((node) => [`${indent}${node.label}${node.kind === 'folder' ? '/' : ''}`, ...draw(node.children, `${indent}  `)]);
}

test('path segments become folders, and a chain without a choice is one line', () => {
  const names = ['payments/api', 'payments/ledger', 'payments', 'legacy/billing', 'a/b/c/one', 'a/b/c/two', 'hello'];
  expect(draw(repositoryTree(names))).toEqual(['payments/', '  api', '  ledger', 'legacy/billing', 'a/b/c/', '  one', '  two', 'payments', 'hello']);
});

test('every node has its own id, and a folder knows what is below it', () => {
  const tree = repositoryTree(['payments/api', 'payments/x/one', 'payments/x/two', 'payments']);
  const [folder] = tree;
  expect(folder === undefined ? [] : repositoriesOf(folder)).toEqual(['payments/x/one', 'payments/x/two', 'payments/api']);
  expect(tree.map(({ id }) => id)).toEqual(['payments/', 'payments']);
});

test('no repositories, no tree', () => {
  expect(repositoryTree([])).toEqual([]);
});
