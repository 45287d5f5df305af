import { readFileSync } from 'node:fs';
import { buildSchema, getOperationAST, getVariableValues, parse, specifiedRules, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { documentLimitsRule } from './graphql/document-limits.js';
import { checkOperation } from './graphql/operation-checks.js';

/** Every operation that `docs/api.md` shows can be sent as it stands, with the variables shown below it. */

const page = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');
const schema = buildSchema(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));

interface ShownOperation {
  readonly title: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const blocks = [...page.matchAll(/```graphql\n([\s\S]*?)```(?:\n\n```json\n([\s\S]*?)```)?/g)];
const written = blocks.map(([, text = '', variables = '{}']) => shown(text, JSON.parse(variables)));
const curled = [...page.matchAll(/--data '([^']+)'/g)].map(([, body = '{}']) => {
  const { query, variables = {} }: { query: string; variables?: Record<string, unknown> } = JSON.parse(body);
  return shown(query, variables);
});
const operations = [...written, ...curled];

function shown(text: string, variables: Record<string, unknown>): ShownOperation {
  return { title: /^\s*\w+ (\w+)/.exec(text)?.[1] ?? text, text, variables };
}

describe('docs/api.md', () => {
  test('shows queries, mutations and a subscription', () => {
    const kinds = operations.map(({ text }) => getOperationAST(parse(text))?.operation);

    expect(new Set(kinds)).toEqual(new Set(['query', 'mutation', 'subscription']));
    expect(operations.length).toBeGreaterThanOrEqual(10);
    expect(curled.length).toBeGreaterThanOrEqual(1);
  });

  test.each(operations)('$title is accepted by the schema and its limits, with its variables', ({ text, variables }) => {
    const document = parse(text);
    const definition = getOperationAST(document);

    expect(validate(schema, document, [...specifiedRules, documentLimitsRule]).map(String)).toEqual([]);
    expect(getVariableValues(schema, definition?.variableDefinitions ?? [], variables).errors?.map(String)).toBeUndefined();
    checkOperation({ schema, document, variables: { ...variables }, requester: undefined });
  });
});
