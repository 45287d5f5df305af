interface Search {
  readonly text: string;
  readonly range: string;
  readonly ecosystem: string;
  readonly vulnerable: boolean;
  readonly sort: string;
  readonly reversed: boolean;
}

/** Where the list of a search is as a table: every copy of what it finds. */
export function componentsCsvAddress({ text, range, ecosystem, vulnerable, sort, reversed }: Search): string {
  const query = new URLSearchParams({ text });
  if (range !== '') query.set('versionRange', range);
  if (ecosystem !== '') query.set('ecosystem', ecosystem);
  if (vulnerable) query.set('vulnerable', 'true');
  if (sort !== 'MATCH') query.set('sort', sort.toLowerCase());
  if (reversed) query.set('reversed', 'true');
  return `/api/components.csv?${query.toString()}`;
}
