/** What stands before and after an entry of a page, and its place among them, from 1. */
export interface Neighbours {
  readonly previous: string | undefined;
  readonly next: string | undefined;
  readonly place: number;
  readonly count: number;
}

/** The neighbours of `id` among the rows of a page; undefined when it is not among them, such as in a link to a finding that stands on another page. */
export function neighboursOf(ids: readonly string[], id: string): Neighbours | undefined {
  const index = ids.indexOf(id);
  return index === -1 ? undefined : { previous: ids[index - 1], next: ids[index + 1], place: index + 1, count: ids.length };
}
