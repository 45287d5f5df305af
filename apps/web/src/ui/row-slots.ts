import { useEffect, useRef } from 'react';

/**
 * Gives each row a slot. A row that was there keeps its slot; new rows take those that were left, in order, then new ones. With slots as keys a
 * turned page changes the text of its rows instead of drawing them anew, and a row that moves in a live list keeps its elements and the focus.
 */
export function rowSlots(before: ReadonlyMap<string, number>, ids: readonly string[]): ReadonlyMap<string, number> {
  const present = new Set(ids);
  const kept = new Set([...before].flatMap(([id, slot]) => (present.has(id) ? [slot] : [])));
  const slots = new Map<string, number>();
  let next = 0;
  for (const id of ids) {
    const own = before.get(id);
    if (own !== undefined) {
      slots.set(id, own);
      continue;
    }
    while (kept.has(next)) next += 1;
    slots.set(id, next);
    next += 1;
  }
  return slots;
}

/** The slots of a table's rows from drawing to drawing. */
export function useRowSlots(ids: readonly string[]): ReadonlyMap<string, number> {
  const drawn = useRef<ReadonlyMap<string, number>>(new Map());
  const slots = rowSlots(drawn.current, ids);
  useEffect(() => {
    drawn.current = slots;
  });
  return slots;
}
