// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { onTreeKey } from './tree-keys.js';

afterEach(cleanup);

interface Row {
  readonly name: string;
  readonly level: number;
  /** Undefined: nothing stands below it. */
  readonly unfolded?: boolean;
}

const rows: readonly Row[] = [
  { name: 'shop', level: 1, unfolded: true },
  { name: 'spring', level: 2, unfolded: false },
  { name: 'logback', level: 2 },
  { name: 'bash', level: 1 },
];

function show() {
  const toggled = vi.fn<(name: string) => void>();
  const kit = vi.fn<() => void>();
  render(
    <div onKeyDownCapture={onTreeKey}>
      <table onKeyDown={kit}>
        <tbody>
          {rows.map(({ name, level, unfolded }) => (
            <tr key={name} aria-level={level}>
              <td>
                {unfolded === undefined ? null : <button type="button" aria-label={`Toggle ${name}`} aria-expanded={unfolded} onClick={() => toggled(name)} />}
                <a href={`#${name}`}>{name}</a>
              </td>
              <td tabIndex={-1}>version of {name}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>,
  );
  return { toggled, kit };
}

const where = (name: string) => (name.startsWith('Toggle') ? screen.getByLabelText(name) : screen.getByText(name));

test.each<readonly [what: string, at: string, key: string, toggles: readonly string[], focus: string, leftToTheKit: boolean]>([
  ['Right unfolds a folded row', 'Toggle spring', 'ArrowRight', ['spring'], 'Toggle spring', false],
  ['Left folds an unfolded row', 'Toggle shop', 'ArrowLeft', ['shop'], 'Toggle shop', false],
  ['Right on an unfolded row goes on to its cells', 'Toggle shop', 'ArrowRight', [], 'Toggle shop', true],
  ['Left on a folded row leads to the row above it', 'Toggle spring', 'ArrowLeft', [], 'Toggle shop', false],
  ['Left on a row without rows below leads to the row above it', 'logback', 'ArrowLeft', [], 'Toggle shop', false],
  ['Left on a row on top stays the kit’s', 'bash', 'ArrowLeft', [], 'bash', true],
  ['Left on the name of a row that unfolds goes to its button', 'spring', 'ArrowLeft', [], 'spring', true],
  ['Left in another cell is the kit’s', 'version of logback', 'ArrowLeft', [], 'version of logback', true],
  ['Down is the kit’s', 'Toggle shop', 'ArrowDown', [], 'Toggle shop', true],
])('%s', (_what, at, key, toggles, focus, leftToTheKit) => {
  const { toggled, kit } = show();
  where(at).focus();
  fireEvent.keyDown(where(at), { key });
  expect(toggled.mock.calls.map(([name]) => name)).toEqual(toggles);
  expect(document.activeElement).toBe(where(focus));
  expect(kit.mock.calls.length).toBe(leftToTheKit ? 1 : 0);
});
