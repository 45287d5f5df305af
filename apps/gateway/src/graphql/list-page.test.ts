import { expect, test } from 'vitest';
import { listPage } from './list-page.js';

const names = ['alpine', 'bash', 'curl', 'dpkg', 'expat'];
const page = (list: readonly string[], first: number, after?: string) => listPage(list, { first, after }, (name) => name);
const nodes = ({ edges }: ReturnType<typeof page>) => edges.map(({ node }) => node);

test('pages follow each other, and each says how long the list is', () => {
  const one = page(names, 2);
  const two = page(names, 2, one.pageInfo.endCursor);
  const three = page(names, 2, two.pageInfo.endCursor);
  expect([one, two, three].map(nodes)).toEqual([['alpine', 'bash'], ['curl', 'dpkg'], ['expat']]);
  expect([one, two, three].map(({ pageInfo, totalCount }) => [pageInfo.hasNextPage, totalCount])).toEqual([[true, 5], [true, 5], [false, 5]]);
});

test.each([
  ['has grown before the cursor', ['aardvark', ...names], ['curl', 'dpkg']],
  ['has lost an entry before the cursor', names.slice(1), ['curl', 'dpkg']],
  ['has lost the entry of the cursor', names.filter((name) => name !== 'bash'), ['curl', 'dpkg']],
  ['has become shorter than the cursor', ['alpine'], []],
])('the page after bash of a list that %s', (_change, list, expected) => {
  expect(nodes(page(list, 2, page(names, 2).pageInfo.endCursor))).toEqual(expected);
});

test.each(['2', Buffer.from('["bash",-1]').toString('base64url'), Buffer.from('{"after":"2","skip":0}').toString('base64url')])(
  'a cursor of another list, %s, is bad input',
  (cursor) => {
    expect(() => page(names, 2, cursor)).toThrow(expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) }));
  },
);

test('ids as long as an image makes them do not stop the reading', () => {
  const long = ['\0', 'é', '😀'].map((letter) => letter.repeat(100_000));
  expect(nodes(page(long, 2, page(long, 1).pageInfo.endCursor))).toEqual(long.slice(1));
});
