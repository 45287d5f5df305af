import { expect, test } from 'vitest';
import { outcomeOf } from './outcome.js';

test.each([
  ['an answer', Promise.resolve({ data: { id: 1 } }), { data: { id: 1 } }],
  ['an answer with an error', Promise.resolve({ data: null, error: new Error('No.') }), { problem: 'No.' }],
  ['nothing', Promise.resolve({}), { problem: 'The server gave no answer.' }],
  ['a failure', Promise.reject(new Error('Offline.')), { problem: 'Offline.' }],
  ['a failure without words', Promise.reject(new Error('Offline.')).catch(() => Promise.reject(1)), { problem: 'The server gave no answer.' }],
])('%s', async (_, mutation, outcome) => {
  expect(await outcomeOf<unknown>(mutation)).toEqual(outcome);
});
