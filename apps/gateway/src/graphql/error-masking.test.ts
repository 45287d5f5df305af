import { StoreError } from '@esscm/store';
import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { maskError } from './error-masking.js';

const thrown = (originalError: Error) => new GraphQLError(originalError.message, { originalError });

test('a read that the database ended is told as a timeout, with what to do', () => {
  const error = thrown(new StoreError({ code: 'read-too-long', message: 'It took too long.', remedy: 'Narrow the filter.', cause: new Error('select secret') }));
  expect(maskError(error.toJSON(), error)).toEqual({ message: 'It took too long. Narrow the filter.', extensions: { code: 'TIMEOUT' } });
});

test('what else fails in the store stays inside', () => {
  const error = thrown(new StoreError({ code: 'damaged-catalogue', message: 'The stored catalogue cannot be read.' }));
  expect(maskError(error.toJSON(), error)).toEqual({ message: 'Something went wrong on the server.', extensions: { code: 'INTERNAL_SERVER_ERROR' } });
});
