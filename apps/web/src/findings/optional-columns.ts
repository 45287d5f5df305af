/** Columns of findings one by one that may be left out, or put in. */
export const optionalColumns = [
  { id: 'state', text: 'State' },
  { id: 'aliases', text: 'Aliases' },
] as const;

export type OptionalColumn = (typeof optionalColumns)[number]['id'];

const unlessChosen: readonly OptionalColumn[] = ['state'];
const nothing = 'none';

/** The columns an address names, in their order; what it does not know, it leaves out. */
export function readColumns(text: string): readonly OptionalColumn[] {
  if (text === '') return unlessChosen;
  const named = new Set(text.split(','));
  return optionalColumns.flatMap(({ id }) => (named.has(id) ? [id] : []));
}

/** As {@link readColumns} reads it; what is shown unless chosen otherwise needs no word. */
export function writeColumns(columns: readonly OptionalColumn[]): string {
  const text = optionalColumns.flatMap(({ id }) => (columns.includes(id) ? [id] : [])).join(',');
  return text === unlessChosen.join(',') ? '' : text === '' ? nothing : text;
}
