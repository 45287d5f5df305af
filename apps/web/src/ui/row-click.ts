import type { MouseEvent } from 'react';

/** A click anywhere in a row but on a control, beside a box to tick, or at the end of marking text, follows the link the row leads to. */
export function onRowClick(event: MouseEvent<HTMLElement>): void {
  const { target } = event;
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !(target instanceof Element)) return;
  if (target.closest('a, button, input, label, select, textarea, summary') !== null || target.closest('td, th')?.querySelector('input') != null) return;
  if (window.getSelection()?.isCollapsed === false) return;
  target.closest('tbody tr')?.querySelector<HTMLElement>('a[data-row-link]')?.click();
}
