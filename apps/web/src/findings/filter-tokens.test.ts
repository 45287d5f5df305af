import { expect, test } from 'vitest';
import { filterOfTokens, filterTokens } from './filter-tokens.js';

test.each([
  [{}, []],
  [{ severity: 'critical,high' }, [{ name: 'severity', values: ['critical', 'high'] }]],
  [{ state: 'open,accepted_risk' }, [{ name: 'state', values: ['open', 'accepted_risk'] }]],
  [{ fix: 'available', q: 'log4j' }, [{ name: 'fix', values: ['available'] }, { name: undefined, values: ['log4j'] }]],
])('%j and back', (filter, tokens) => {
  expect(filterTokens(filter)).toEqual(tokens);
  expect(filterOfTokens(tokens)).toEqual(filter);
});

test('of two tokens of a kind the last counts; free texts are joined', () => {
  expect(filterOfTokens([{ name: 'fix', values: ['none'] }, { name: 'fix', values: ['available'] }, { name: undefined, values: ['a'] }, { name: undefined, values: ['b'] }, { name: 'type', values: [] }])).toEqual({ fix: 'available', q: 'a b' });
});
