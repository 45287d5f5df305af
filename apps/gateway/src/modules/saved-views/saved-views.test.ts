import { expect, test } from 'vitest';
import { resultOf, startTestGateway } from '../../test-support/test-gateway.js';

const save = `mutation($page: String!, $name: String!, $query: String!) {
  saveView(page: $page, name: $name, query: $query) { __typename ... on SaveViewPayload { view { id name query } } ... on ValidationProblem { issues { field message } } }
}`;

test('a view is kept, listed on its page, changed by its name and removed', async () => {
  const { query, signIn } = await startTestGateway();
  const headers = await signIn();
  const views = async (page: string) => resultOf(await query('query($page: String!) { savedViews(page: $page) { name query } }', { page }, headers), 'savedViews');
  const { view } = resultOf<{ view: { id: string } }>(await query(save, { page: 'findings', name: ' Urgent ', query: 'severity=critical' }, headers), 'saveView');
  expect(await views('findings')).toEqual([{ name: 'Urgent', query: 'severity=critical' }]);
  expect(await views('images')).toEqual([]);
  await query(save, { page: 'findings', name: 'urgent', query: 'exploited=yes' }, headers);
  expect(await views('findings')).toEqual([{ name: 'urgent', query: 'exploited=yes' }]);
  const remove = async () => resultOf(await query('mutation($id: ID!) { deleteView(id: $id) { __typename } }', { id: view.id }, headers), 'deleteView');
  expect([await remove(), await remove(), await views('findings')]).toEqual([{ __typename: 'DeleteViewPayload' }, { __typename: 'NotFoundProblem' }, []]);
});

test.each([
  ['', 'x', '', 'page', 'The page is not one that can have views.'],
  ['findings', ' ', '', 'name', 'Give the view a name.'],
  ['findings', 'x'.repeat(61), '', 'name', 'A name has at most 60 characters.'],
  ['findings', 'x', 'y'.repeat(2001), 'query', 'This filter is too long to keep.'],
])('%s %s is refused', async (page, name, text, field, message) => {
  const { query, signIn } = await startTestGateway();
  expect(resultOf(await query(save, { page, name, query: text }, await signIn()), 'saveView')).toEqual({ __typename: 'ValidationProblem', issues: [{ field, message }] });
});
