import type { Relationship } from '@esscm/sbom';
import { expect, test } from 'vitest';
import { dependencyView } from './dependency-view.js';

const edges = (text: string): readonly Relationship[] =>
  text.split(' ').map((edge) => ({ from: edge.charAt(0), to: edge.charAt(1), kind: 'depends-on' as const }));

test.each([
  // app -> b -> d, app -> c -> d -> e
  ['in the middle', 'ab ac bd cd de', 'd', { dependsOn: ['e'], requiredBy: ['b', 'c'], chain: ['a', 'b', 'd'], dependsOnCount: 1, requiredByCount: 3 }],
  ['at the top', 'ab ac bd cd de', 'a', { dependsOn: ['b', 'c'], requiredBy: [], chain: ['a'], dependsOnCount: 4, requiredByCount: 0 }],
  ['the shortest way', 'ab bc cd ad', 'd', { dependsOn: [], requiredBy: ['c', 'a'], chain: ['a', 'd'], dependsOnCount: 0, requiredByCount: 3 }],
  ['in a circle that nothing else needs', 'ab ba', 'a', { dependsOn: ['b'], requiredBy: ['b'], chain: ['a'], dependsOnCount: 1, requiredByCount: 1 }],
  ['in a circle below the top', 'xa ab ba', 'b', { dependsOn: ['a'], requiredBy: ['a'], chain: ['x', 'a', 'b'], dependsOnCount: 1, requiredByCount: 2 }],
  ['said twice', 'ab ab', 'b', { dependsOn: [], requiredBy: ['a'], chain: ['a', 'b'], dependsOnCount: 0, requiredByCount: 1 }],
  ['alone', 'ab', 'z', { dependsOn: [], requiredBy: [], chain: ['z'], dependsOnCount: 0, requiredByCount: 0 }],
])('%s', (_, text, id, view) => {
  expect(dependencyView(edges(text), id)).toEqual(view);
});
