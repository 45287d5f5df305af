import type { KeyboardEvent } from 'react';

/**
 * Arrow keys of a table whose rows unfold, as the treegrid pattern of WAI-ARIA has them for a row: Right on the button of a folded row unfolds it, Left
 * folds it; Left in the first cell of a row that is not unfolded leads to the row it stands below. All other keys are the kit's, so this comes before it.
 */
export function onTreeKey(event: KeyboardEvent<HTMLElement>): void {
  const { target, key } = event;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return;
  const row = target.closest<HTMLTableRowElement>('tbody tr');
  const toggle = row?.querySelector<HTMLElement>('button[aria-expanded]') ?? null;
  const unfolded = toggle?.getAttribute('aria-expanded') === 'true';
  if (row === null) return;
  if (target === toggle && unfolded === (key === 'ArrowLeft')) take(event, () => toggle.click());
  else if (key === 'ArrowLeft' && row.cells[0]?.contains(target) === true && (toggle === null || target === toggle)) {
    const above = rowAbove(row);
    if (above !== undefined) take(event, () => above.querySelector<HTMLElement>('button[aria-expanded]')?.focus());
  }
}

/** The nearest row before it of a lower level. */
function rowAbove(row: HTMLTableRowElement): Element | undefined {
  for (let candidate = row.previousElementSibling; candidate !== null; candidate = candidate.previousElementSibling) {
    if (levelOf(candidate) < levelOf(row)) return candidate;
  }
  return undefined;
}

function levelOf(row: Element): number {
  return Number(row.getAttribute('aria-level') ?? 1);
}

function take(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  event.stopPropagation();
  act();
}
