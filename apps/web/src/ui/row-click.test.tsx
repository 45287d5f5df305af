// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { onRowClick } from './row-click.js';

afterEach(() => {
  window.getSelection()?.removeAllRanges();
  cleanup();
});

function show() {
  const opened = vi.fn<() => void>();
  render(
    <div onClick={onRowClick}>
      <table>
        <thead>
          <tr>
            <th>Name</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td data-testid="beside the box">
              <input type="checkbox" aria-label="Choose" />
            </td>
            <td>
              <a href="#image">payments/api</a>
            </td>
            <td>
              <a href="#curl" data-row-link="" onClick={opened}>
                curl
              </a>
            </td>
            <td>8.5.0</td>
          </tr>
          <tr>
            <td>a row that leads nowhere</td>
          </tr>
        </tbody>
      </table>
    </div>,
  );
  return opened;
}

test.each([
  ['a cell of text', () => screen.getByText('8.5.0'), {}, 1],
  ['the link itself, which follows it once', () => screen.getByText('curl'), {}, 1],
  ['another link', () => screen.getByText('payments/api'), {}, 0],
  ['the box', () => screen.getByLabelText('Choose'), {}, 0],
  ['beside the box', () => screen.getByTestId('beside the box'), {}, 0],
  ['with Ctrl', () => screen.getByText('8.5.0'), { ctrlKey: true }, 0],
  ['the head', () => screen.getByText('Name'), {}, 0],
  ['a row without such a link', () => screen.getByText('a row that leads nowhere'), {}, 0],
])('a click on %s', (_, target, held, opens) => {
  const opened = show();
  fireEvent.click(target(), held);
  expect(opened).toHaveBeenCalledTimes(opens);
});

test('a click that ends the marking of text opens nothing', () => {
  const opened = show();
  const cell = screen.getByText('8.5.0');
  window.getSelection()?.selectAllChildren(cell);
  fireEvent.click(cell);
  expect(opened).not.toHaveBeenCalled();
});
