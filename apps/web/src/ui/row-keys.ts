import type { KeyboardEvent } from 'react';

/**
 * Enter in a cell without a control of its own follows the link the row leads to, or its first; Space, anywhere but in a control that takes it, chooses the row. Arrow
 * keys are the kit's.
 */
export function onRowKey(event: KeyboardEvent<HTMLElement>): void {
  const { target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
  const row = target.closest('tbody tr');
  if (row === null || target.closest('button, input, select, textarea, summary') !== null) return;
  if (event.key === 'Enter' && target.closest('a') === null && target.querySelector('a, button, input') === null) press(event, row.querySelector('a[data-row-link]') ?? row.querySelector('a[href]'));
  if (event.key === ' ') press(event, row.querySelector('input[type="checkbox"], input[type="radio"]'));
}

function press(event: KeyboardEvent<HTMLElement>, control: Element | null): void {
  if (!(control instanceof HTMLElement)) return;
  event.preventDefault();
  control.click();
}
