// @vitest-environment jsdom
import { gql } from '@apollo/client';
import { expect, test } from 'vitest';
import { createApiClient } from './client.js';

test('a list that asks for less leaves what a panel has asked for', async () => {
  const client = createApiClient(() => undefined);
  const { apollo } = client;
  const panel = gql`query Panel { finding(id: "f") { id exploited { since due ransomware } } }`;
  const list = gql`query List { findings { id exploited { since } } }`;
  const exploited = { __typename: 'Exploited', since: '2021-12-10', due: '2021-12-24', ransomware: true };
  const finding = { __typename: 'Finding', id: 'f', exploited };
  apollo.writeQuery({ query: panel, data: { finding } });
  apollo.writeQuery({ query: list, data: { findings: [{ __typename: 'Finding', id: 'f', exploited: { __typename: 'Exploited', since: '2021-12-10' } }] } });
  expect(apollo.readQuery({ query: panel })).toEqual({ finding });
  await client.close();
});

test.each([
  ['a list adds to what is known of the same result', '2026-11-20T10:00:00Z', { fixableCount: 7, state: 'PARTIAL', matchedAt: '2026-11-20T10:00:00Z' }],
  ['of another result nothing is kept', '2026-11-21T10:00:00Z', null],
])('%s', async (_, matchedAt, expected) => {
  const client = createApiClient(() => undefined);
  const { apollo } = client;
  const page = gql`query Page { content(id: "c") { id matching { state matchedAt fixableCount } } }`;
  const list = gql`query List { contents { id componentCount matching { state matchedAt } } }`;
  const content = { __typename: 'Content', id: 'c' };
  apollo.writeQuery({ query: page, data: { content: { ...content, matching: { __typename: 'Matching', state: 'MATCHED', matchedAt: '2026-11-20T10:00:00Z', fixableCount: 7 } } } });
  apollo.writeQuery({ query: list, data: { contents: [{ ...content, componentCount: 2, matching: { __typename: 'Matching', state: 'PARTIAL', matchedAt } }] } });
  const read = apollo.readQuery<{ readonly content: { readonly matching: object } }>({ query: page });
  expect(read?.content.matching ?? null).toEqual(expected === null ? null : { __typename: 'Matching', ...expected });
  await client.close();
});
