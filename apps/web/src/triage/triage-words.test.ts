import { expect, test } from 'vitest';
import { decidedText, previewText, scopeText, stateChoices, stateWords, withdrawnText } from './triage-words.js';

test('every state but the absence of one can be set', () => {
  expect(stateChoices.map(({ value }) => value).toSorted()).toEqual(Object.keys(stateWords).filter((state) => state !== 'UNTRIAGED').toSorted());
});

test.each([
  [{ scope: 'IMAGE', imageName: 'registry.example/shop' }, 'Every tag of registry.example/shop'],
  [{ scope: 'PROJECT', imageName: null }, 'Every image of the project'],
  [{ scope: 'EVERYWHERE' }, 'Everywhere'],
] as const)('%j', (decision, text) => {
  expect(scopeText(decision)).toBe(text);
});

const none = { same: 0, earlier: 0, since: 0 };

test.each([
  [1, true, 1, none, 'Not affected: 1 decision, for the finding chosen and all others in its scope.'],
  [1200, true, 3, none, 'Not affected: 3 decisions, for the 1,200 findings chosen and all others in their scope.'],
  [100_000, false, 9000, { ...none, same: 1 }, 'Not affected: 9,000 decisions, for the 100,000+ findings chosen and all others in their scope. 1 decision like it was there already.'],
  [5, true, 2, { same: 2, earlier: 1, since: 3 }, 'Not affected: 2 decisions, for the 5 findings chosen and all others in their scope. 2 decisions like it were there already. 1 earlier decision was kept. 3 decisions that somebody made meanwhile were kept.'],
])('%i findings (%j), %i decisions, %j left', (count, exact, decisionCount, kept, text) => {
  expect(decidedText('NOT_AFFECTED', { decisionCount, findings: { count, exact }, kept })).toBe(text);
});

test.each([
  [{ count: 1, exact: true }, { count: 1, exact: true }, '1 finding matches now. This makes 1 decision, one for each vulnerability and package in a scope.'],
  [{ count: 1240, exact: true }, { count: 312, exact: true }, '1,240 findings match now. This makes 312 decisions, one for each vulnerability and package in a scope.'],
  [{ count: 100_000, exact: false }, { count: 10_000, exact: false }, '100,000+ findings match now. They come to more than 10,000 decisions, which is too many at once: narrow the filter or choose a wider scope.'],
])('%j in %j', (findings, decisions, text) => {
  expect(previewText({ findings, decisions })).toBe(text);
});

test('withdrawing says when there was nothing to withdraw', () => {
  expect([withdrawnText(0), withdrawnText(1), withdrawnText(2)]).toEqual(['The decision had ended before.', '1 decision withdrawn.', '2 decisions withdrawn.']);
});
