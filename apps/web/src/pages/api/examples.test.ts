import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { apiExamples } from './examples.js';

const schema = buildSchema(readFileSync(new URL('../../../../gateway/schema.graphql', import.meta.url), 'utf8'));

test.each(apiExamples.map((example) => [example.title, example] as const))('%s is an operation of the schema', (_, { query, variables }) => {
  expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
  expect(JSON.parse(variables)).toBeTypeOf('object');
});

test('examples are told apart in the address', () => {
  expect(new Set(apiExamples.map(({ id }) => id)).size).toBe(apiExamples.length);
});
