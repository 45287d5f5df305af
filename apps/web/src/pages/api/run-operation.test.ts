import { expect, test } from 'vitest';
import { InvalidVariablesError, readVariables } from './run-operation.js';

test.each([['', {}], ['  ', {}], ['{ "first": 1 }', { first: 1 }]])('%s', (text, variables) => {
  expect(readVariables(text)).toEqual(variables);
});

test.each(['{', '[]', 'null', '1'])('%s is refused', (text) => {
  expect(() => readVariables(text)).toThrow(InvalidVariablesError);
});
