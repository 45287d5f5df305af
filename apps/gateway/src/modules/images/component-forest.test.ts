import { expect, test } from 'vitest';
import { broughtInBy, componentForest, type ForestNode } from './component-forest.js';

/** Each letter a component; "ab" says that a needs b. */
const forestOf = (letters: string, ...edges: readonly string[]) =>
  componentForest({ components: Array.from(letters, (letter) => ({ id: letter, name: letter.toUpperCase() })), relationships: edges.map(([from = '', to = '']) => ({ from, to })) });
const drawn = ({ id, children }: ForestNode): string => (children.length === 0 ? id : `${id}(${children.map(drawn).join(' ')})`);

test.each([
  ['what nothing accounts for is on top', 'abc', ['ab'], 'a(b) c'],
  ['the shortest way wins', 'abcd', ['ab', 'bc', 'ac', 'cd'], 'a(b c(d))'],
  ['of two equal ways the first', 'abc', ['ac', 'bc'], 'a(c) b'],
  ['a circle that something leads to', 'abc', ['ab', 'bc', 'cb'], 'a(b(c))'],
  ['a circle of its own', 'abc', ['bc', 'cb'], 'a b(c)'],
  ['itself', 'a', ['aa'], 'a'],
  ['what is not in the catalogue', 'a', ['xa', 'ax'], 'a'],
  ['nothing', '', [], ''],
])('%s', (_, letters, edges, expected) => {
  const forest = forestOf(letters, ...edges);
  expect(forest.roots.map(drawn).join(' ')).toBe(expected);
  expect(forest.nodes.size).toBe(letters.length);
});

test('what brought a component in is told outermost first', () => {
  const forest = forestOf('abc', 'ab', 'bc');
  expect([broughtInBy(forest, 'c'), broughtInBy(forest, 'a'), broughtInBy(forest, 'x')]).toEqual([['A', 'B'], [], []]);
});
