import { describe, expect, test } from 'vitest';
import { treeLevel } from './repository-tree.js';

const level = (names: readonly string[], folder = '') => treeLevel(names.toSorted(), folder).map(({ kind, path, label, repositoryCount }) => `${kind} ${path} "${label}" ${repositoryCount}`);

describe('treeLevel', () => {
  test.each<[string, readonly string[], string, readonly string[]]>([
    ['nothing', [], '', []],
    ['repositories without a path', ['web', 'api'], '', ['repository api "api" 1', 'repository web "web" 1']],
    ['folders first', ['api', 'shop/web', 'shop/cart'], '', ['folder shop/ "shop" 2', 'repository api "api" 1']],
    ['what is in a folder', ['api', 'shop/web', 'shop/cart', 'shop/x/y', 'shop/x/z'], 'shop/', ['folder shop/x/ "x" 2', 'repository shop/cart "cart" 1', 'repository shop/web "web" 1']],
    ['folders with only one way on, as one', ['a/b/c/one', 'a/b/c/two'], '', ['folder a/b/c/ "a/b/c" 2']],
    ['a folder of one repository, as that', ['a/b/one', 'c'], '', ['repository a/b/one "a/b/one" 1', 'repository c "c" 1']],
    ['a repository that is a folder too', ['a', 'a/b', 'a/c'], '', ['folder a/ "a" 2', 'repository a "a" 1']],
    ['a folder that begins like another', ['ab/x', 'ab/y', 'a/x', 'a/y', 'a-b'], '', ['folder a/ "a" 2', 'folder ab/ "ab" 2', 'repository a-b "a-b" 1']],
    ['a repository whose name begins like a folded path', ['a/b/x', 'a/b/y', 'a/bz'], '', ['folder a/ "a" 3']],
    ['a folder that does not exist', ['a/b'], 'c/', []],
  ])('%s', (_name, names, folder, expected) => {
    expect(level(names, folder)).toEqual(expected);
  });

  test('every repository is below exactly one node of each level', () => {
    const names = Array.from({ length: 500 }, (_, index) => `team-${index % 7}/service-${index % 31}/app-${index}`).toSorted();
    const below = (folder: string): readonly string[] => treeLevel(names, folder).flatMap((node) => (node.kind === 'repository' ? [node.path] : below(node.path)));
    expect(below('').toSorted()).toEqual(names);
  });
});
