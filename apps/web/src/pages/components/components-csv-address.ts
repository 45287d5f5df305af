interface Search {
  readonly text: string;
  readonly range: string;
  readonly ecosystem: string;
  readonly vulnerable: boolean;
}

/** Where the list of a search is as a table: every copy of what it finds. */
export function componentsCsvAddress({ text, range, ecosystem, vulnerable }: Search): string {
  const query = new URLSearchParams({ text });
  if (range !== '') query.set('versionRange', range);
  if (ecosystem !== '') query.set('ecosystem', ecosystem);
  if (vulnerable) query.set('vulnerable', 'true');
  return `/api/components.csv?${query.toString()}`;
}
