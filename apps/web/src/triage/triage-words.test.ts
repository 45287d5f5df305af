import { expect, test } from 'vitest';
import { decidedText, scopeText, stateChoices, stateWords, withdrawnText } from './triage-words.js';

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

test.each([
  [1, 1, 'Not affected: 1 decision, for the finding chosen and all others in its scope.'],
  [1200, 3, 'Not affected: 3 decisions, for the 1,200 findings chosen and all others in their scope.'],
])('%i findings, %i decisions', (findings, decisions, text) => {
  expect(decidedText('NOT_AFFECTED', findings, decisions)).toBe(text);
});

test('withdrawing says when there was nothing to withdraw', () => {
  expect([withdrawnText(0), withdrawnText(1), withdrawnText(2)]).toEqual(['The decision had ended before.', '1 decision withdrawn.', '2 decisions withdrawn.']);
});
