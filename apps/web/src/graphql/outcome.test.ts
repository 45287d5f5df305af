import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { expect, test } from 'vitest';
import { outcomeOf } from './outcome.js';

const refusal = new CombinedGraphQLErrors({ errors: [{ message: 'Something went wrong on the server.' }] });

test.each([
  ['an answer', async () => ({ data: { id: 1 } }), { data: { id: 1 } }],
  ['an error instead of an answer', async () => ({ data: null, error: refusal }), { problem: 'Something went wrong on the server.' }],
  ['nothing', async () => ({}), { problem: 'The server gave no answer.' }],
  ['an error', () => Promise.reject(refusal), { problem: 'Something went wrong on the server.' }],
  ['a refusal for lack of rights', () => Promise.reject(new CombinedGraphQLErrors({ errors: [{ message: 'No.', extensions: { code: 'FORBIDDEN' } }] })), { problem: 'You can see this, but not change it. An administrator of this server can allow it.' }],
  ['a lost connection', () => Promise.reject(new TypeError('Failed to fetch')), { problem: 'No connection to the ESSCM server.' }],
])('%s', async (_, mutate, outcome) => {
  expect(await outcomeOf<unknown>(mutate())).toEqual(outcome);
});
