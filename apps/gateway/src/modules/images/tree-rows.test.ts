import { expect, test } from 'vitest';
import { componentForest } from './component-forest.js';
import { WeighedForest } from './tree-rows.js';

const none = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };
const componentsNamed = (...ids: readonly string[]) => ids.map((id) => ({ id, name: id }));

test('a component with something bad far below it is before one that is less bad itself', () => {
  const forest = new WeighedForest(
    componentForest({ components: componentsNamed('clean', 'high', 'app', 'library', 'deep'), relationships: [{ from: 'app', to: 'library' }, { from: 'library', to: 'deep' }] }),
    new Map([['high', { ...none, high: 3 }], ['deep', { ...none, critical: 1, low: 2 }], ['library', { ...none, high: 1 }]]),
  );
  const told = (unfolded: readonly string[]) => forest.rows(forest.roots, new Set(unfolded)).map(({ node: { id }, belowCount, below: { critical, high, low } }) => `${id} ${belowCount}: ${critical} ${high} ${low}`);
  expect(told([])).toEqual(['app 2: 1 1 2', 'high 0: 0 0 0', 'clean 0: 0 0 0']);
  expect(told(['app', 'deep', 'nonsense'])).toEqual(['app 2: 1 1 2', 'library 1: 1 0 2', 'high 0: 0 0 0', 'clean 0: 0 0 0']);
  expect(told(['app', 'library'])).toEqual(['app 2: 1 1 2', 'library 1: 1 0 2', 'deep 0: 0 0 0', 'high 0: 0 0 0', 'clean 0: 0 0 0']);
});

test('a chain as long as a large image has components, and a component that brought in thousands', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => String(index));
  const chain = new WeighedForest(componentForest({ components: componentsNamed(...ids), relationships: ids.slice(1).map((id, index) => ({ from: String(index), to: id })) }), new Map());
  expect(chain.rows(chain.roots, new Set()).map(({ belowCount }) => belowCount)).toEqual([9999]);
  const wide = new WeighedForest(componentForest({ components: componentsNamed(...ids), relationships: ids.slice(1).map((id) => ({ from: '0', to: id })) }), new Map());
  expect(wide.rows(wide.roots, new Set(['0']))).toHaveLength(51);
});
