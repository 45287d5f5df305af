// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';
import { type DataColumn, DataTable } from './DataTable.js';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** The headers of a table of one row in a window of this kind. */
function headers(phone: boolean, columns: readonly Omit<DataColumn<string>, 'cell' | 'header'>[]): readonly (string | null)[] {
  vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: phone }));
  const shown = columns.map((column): DataColumn<string> => ({ ...column, header: column.id, cell: (row) => row }));
  render(
    <MemoryRouter>
      <DataTable label="Rows" rows={['row']} rowId={(row) => row} empty={null} columns={shown} frame="inside" />
    </MemoryRouter>,
  );
  return screen.getAllByRole('columnheader').map(({ textContent }) => textContent);
}

const narrow = { width: 100 };
const wide = { width: '40%', minWidth: 160 };

test.each([
  ['a wide window has all columns', false, [wide, wide, wide, narrow], ['0', '1', '2', '3']],
  ['more than three columns become one on a phone', true, [narrow, narrow, narrow, narrow], ['0']],
  ['three that fit stay', true, [narrow, narrow, narrow], ['0', '1', '2']],
  ['three that need more than a phone has become one', true, [wide, narrow, wide], ['0']],
])('%s', (_, phone, columns, expected) => {
  expect(headers(phone, columns.map((column, index) => ({ ...column, id: String(index), phoneLine: index === 0 ? 1 : 2 })))).toEqual(expected);
});

test('on a phone the third line is cut where its column gives way, the line that names the row never', () => {
  headers(true, [{ id: 'name', ...wide, clips: true, phoneLine: 1 }, { id: 'from', ...wide, clips: true, phoneLine: 3 }, { id: 'note', ...narrow, phoneLine: 3 }, { id: 'type', ...narrow, phoneLine: 2 }]);
  expect(screen.getAllByText('row').map(({ className }) => className.includes('cut'))).toEqual([false, false, true, false]);
});

test('a turned page of a tree changes what its rows say and keeps their elements, those below an unfolded row too', () => {
  vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }));
  const below: Readonly<Record<string, readonly string[]>> = { a: ['a1', 'a2'], c: ['c1'] };
  const page = (rows: readonly string[], unfolded: readonly string[]) => (
    <MemoryRouter>
      <DataTable
        label="Rows"
        rows={rows}
        rowId={(row) => row}
        empty={null}
        columns={[{ id: 'name', header: 'Name', cell: (row) => row }]}
        tree={{ childrenOf: (row) => below[row] ?? [], unfolds: (row) => row in below, unfolded, onToggle: () => undefined, nameOf: (row) => row }}
      />
    </MemoryRouter>
  );
  const shown = () => screen.getAllByRole('row').slice(1);
  const { rerender } = render(page(['a', 'b'], ['a']));
  const before = shown();
  expect(before.map(({ textContent }) => textContent)).toEqual(['a', 'a1', 'a2', 'b']);
  rerender(page(['c', 'd'], ['a', 'c']));
  const after = shown();
  expect(after.map(({ textContent }) => textContent)).toEqual(['c', 'c1', 'd']);
  expect(after.every((row, index) => row === before[index])).toBe(true);
});
