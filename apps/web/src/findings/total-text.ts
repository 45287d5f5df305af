import { formatCount } from '../formats/format-count.js';

/** "1,461", "100,000+": a count that may have stopped. */
export function totalText({ count, exact }: { readonly count: number; readonly exact: boolean }): string {
  return exact ? formatCount(count) : `${formatCount(count)}+`;
}
