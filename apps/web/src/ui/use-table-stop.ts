import { useSingleTabStopNavigation } from '@cloudscape-design/component-toolkit/internal';
import type { RefObject } from 'react';

/**
 * Makes an element of our own a stop of the kit's table, which is one stop of the page: arrow keys reach it, Tab does not. Gives the `tabIndex` to set,
 * none outside of tables.
 */
export function useTableStop(element: RefObject<HTMLElement | null>): number | undefined {
  // The kit's type is of before React 19; it looks whether the element is there.
  return useSingleTabStopNavigation(element as RefObject<HTMLElement>).tabIndex;
}
