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
