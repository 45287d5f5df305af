// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { onRowKey } from './row-keys.js';

afterEach(cleanup);

function show() {
  const opened = vi.fn<() => void>();
  const chosen = vi.fn<() => void>();
  render(
    <div onKeyDown={onRowKey}>
      <table>
        <thead>
          <tr>
            <th tabIndex={-1}>Name</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <input type="checkbox" aria-label="Choose" onChange={chosen} />
            </td>
            <td>
              <a href="#curl" onClick={opened}>curl</a>
            </td>
            <td tabIndex={-1}>8.5.0</td>
          </tr>
        </tbody>
      </table>
    </div>,
  );
  return { opened, chosen };
}

test.each([
  ['Enter in a cell of text', '8.5.0', 'Enter', 1, 0],
  ['Space in a cell of text', '8.5.0', ' ', 0, 1],
  ['Space on the link', 'curl', ' ', 0, 1],
  ['Enter on the link is the browser’s', 'curl', 'Enter', 0, 0],
  ['any other key', '8.5.0', 'x', 0, 0],
  ['Enter in the head of the table', 'Name', 'Enter', 0, 0],
])('%s', (_, text, key, opens, chooses) => {
  const { opened, chosen } = show();
  fireEvent.keyDown(screen.getByText(text), { key });
  expect([opened.mock.calls.length, chosen.mock.calls.length]).toEqual([opens, chooses]);
});

test('Space on the box itself is the browser’s: nothing is chosen twice', () => {
  const { chosen } = show();
  fireEvent.keyDown(screen.getByLabelText('Choose'), { key: ' ' });
  expect(chosen).not.toHaveBeenCalled();
});
