// @vitest-environment jsdom
import { MockedProvider } from '@apollo/client/testing/react';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { FindingFilterInput } from '../gql/graphql.js';
import { findingByFinding, useBulkTriage } from './use-bulk-triage.js';

afterEach(cleanup);

const page = [{ id: 'a' }, { id: 'b' }];

interface ListProps {
  readonly count: number;
  readonly filter?: FindingFilterInput;
  readonly exact?: boolean;
}

/** A list of two findings, with what the hook gives beside it. */
function List({ count, filter = {}, exact = true }: ListProps) {
  const triage = useBulkTriage({ ...findingByFinding, rows: page, total: { count, exact }, filter });
  return (
    <>
      <button onClick={() => triage.choose(page)}>choose the page</button>
      <button onClick={() => triage.choose(page.slice(0, 1))}>choose one</button>
      <p>{`${triage.buttonText}${triage.disabled ? ', disabled' : ''}`}</p>
      {triage.reach}
    </>
  );
}

function show(list: ListProps) {
  const drawn = (properties: ListProps) => (
    <MockedProvider>
      <List {...properties} />
    </MockedProvider>
  );
  const { rerender } = render(drawn(list));
  return { change: (to: ListProps) => rerender(drawn(to)) };
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('nothing is chosen at first; one row is one finding, and leads to no more', () => {
  show({ count: 1240 });
  expect(screen.getByText('Set state (0), disabled')).toBeDefined();
  press('choose one');
  expect(screen.getByText('Set state (1)')).toBeDefined();
  expect(screen.queryByRole('button', { name: /that match/ })).toBeNull();
});

test('from the whole page all that match are one step away, and the way back is another', () => {
  show({ count: 1240 });
  press('choose the page');
  expect(screen.getByText('All 2 findings of this page are chosen.', { exact: false })).toBeDefined();
  press('Choose all 1,240 that match');
  expect(screen.getByText('Set state (1,240)')).toBeDefined();
  press('Choose only this page');
  expect(screen.getByText('Set state (2)')).toBeDefined();
});

test('a count that stopped says so', () => {
  show({ count: 100_000, exact: false });
  press('choose the page');
  press('Choose all 100,000+ that match');
  expect(screen.getByText('Set state (100,000+)')).toBeDefined();
});

test('with one page there is nothing beyond it', () => {
  show({ count: 2 });
  press('choose the page');
  expect(screen.queryByRole('button', { name: /that match/ })).toBeNull();
});

test('another filter is another choice: what matches it was not chosen', () => {
  const { change } = show({ count: 1240, filter: { search: 'a' } });
  press('choose the page');
  press('Choose all 1,240 that match');
  change({ count: 7, filter: { search: 'b' } });
  expect(screen.getByText('Set state (2)')).toBeDefined();
});
