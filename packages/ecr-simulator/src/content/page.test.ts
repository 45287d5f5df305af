import { expect, test } from 'vitest';
import { Pager } from './page.js';

const names = Array.from({ length: 25 }, (_, index) => `item-${String(index).padStart(2, '0')}`);

function readAll(pager: Pager, size: number, source: (round: number) => readonly string[], keep?: (item: string) => boolean) {
  const pages: string[][] = [];
  let token: string | undefined;
  do {
    const page = pager.page(source(pages.length), (item) => item, { query: 'q', token, size, ...(keep === undefined ? {} : { keep }) });
    if (page === undefined) throw new Error('refused');
    pages.push([...page.items]);
    token = page.nextToken;
  } while (token !== undefined);
  return pages;
}

test('every item comes exactly once, in an order that is not the order of the names', () => {
  const listed = readAll(new Pager('seed'), 10, () => names);
  expect(listed.map((page) => page.length)).toEqual([10, 10, 5]);
  expect(listed.flat().toSorted()).toEqual(names);
  expect(listed.flat()).not.toEqual(names);
});

test('items that are there all along come exactly once while others come and go', () => {
  const listed = readAll(new Pager('seed'), 4, (round) => [...names, ...Array.from({ length: round * 3 }, (_, index) => `new-${round}-${index}`)]);
  expect(listed.flat().filter((item) => item.startsWith('item')).toSorted()).toEqual(names);
});

test('a filter makes pages short or empty without ending the listing', () => {
  const listed = readAll(new Pager('seed'), 5, () => names, (item) => item === 'item-07');
  expect(listed.length).toBe(5);
  expect(listed.flat()).toEqual(['item-07']);
});

test('a token belongs to its query and its pager', () => {
  const pager = new Pager('seed');
  const options = { query: 'one', size: 5 };
  const token = pager.page(names, (item) => item, { ...options, token: undefined })?.nextToken ?? '';
  const accepted = (reader: Pager, query: string, given: string) => reader.page(names, (item) => item, { query, token: given, size: 5 }) !== undefined;
  expect([
    accepted(pager, 'one', token),
    accepted(pager, 'two', token),
    accepted(new Pager('other'), 'one', token),
    accepted(pager, 'one', `${token}AAAA`),
    accepted(pager, 'one', `A${token.slice(1)}`),
    accepted(pager, 'one', ''),
    accepted(pager, 'one', 'item-05'),
  ]).toEqual([true, false, false, false, false, false, false]);
});

test('the last page has no token, also when it is full', () => {
  expect(new Pager('seed').page(names, (item) => item, { query: 'q', token: undefined, size: 25 })?.nextToken).toBeUndefined();
});
