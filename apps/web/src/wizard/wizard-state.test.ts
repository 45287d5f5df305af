import { describe, expect, test } from 'vitest';
import { emptyState, nameProblem, parseState, reachableStep, stepsOf } from './wizard-state.js';

const open = { id: 'public', credentialKinds: [] };
const closed = { id: 'private', credentialKinds: [{}] };
const image = { reference: 'a/b:1', repository: 'b', digest: 'sha256:1' };
const named = { ...emptyState(), name: 'Production' };

test('a variant without credentials needs two steps', () => {
  expect([stepsOf(open), stepsOf(closed)]).toEqual([
    ['source', 'projects'],
    ['source', 'credentials', 'verify', 'images', 'projects'],
  ]);
});

describe('a step in the address opens only when what it needs is there', () => {
  test.each([
    ['verify', closed, named, 'credentials'],
    ['credentials', closed, emptyState(), 'source'],
    ['verify', closed, { ...named, draftId: 'd1' }, 'verify'],
    ['projects', closed, { ...named, draftId: 'd1' }, 'images'],
    ['projects', closed, { ...named, draftId: 'd1', chosen: { private: [image] } }, 'projects'],
    ['projects', closed, { ...named, chosen: { private: [image] } }, 'credentials'],
    ['projects', closed, { ...named, draftId: 'd1', choice: 'rule' }, 'projects'],
    ['projects', open, { ...named, choice: 'rule' }, 'source'],
    ['projects', open, named, 'source'],
    ['projects', open, { ...named, chosen: { public: [image] } }, 'projects'],
    ['projects', open, { ...named, chosen: { private: [image] } }, 'source'],
    ['images', open, named, 'source'],
  ] as const)('%s', (asked, variant, state, step) => {
    expect(reachableStep(asked, variant, state)).toBe(step);
  });
});

test.each([
  ['', 'Enter a name.'],
  ['ab', 'Use 3 to 60 characters.'],
  ['  ab  ', 'Use 3 to 60 characters.'],
  ['abc', undefined],
  ['x'.repeat(61), 'Use 3 to 60 characters.'],
])('name "%s"', (name, problem) => {
  expect(nameProblem(name)).toBe(problem);
});

test('what was kept comes back whole; damaged text is as nothing', () => {
  const state = { ...named, chosen: { public: [image] } };
  expect(parseState(JSON.stringify(state))).toEqual(state);
  expect(['', 'null', '{', '[]', '{"name":1}', JSON.stringify({ ...state, chosen: { public: 1 } })].map(parseState)).toEqual(Array.from({ length: 6 }, () => undefined));
});
