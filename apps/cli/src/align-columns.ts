/** Lines of a table for people: the titles, then the rows, two spaces between columns and none at the ends of lines. */
export function alignColumns(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = titles.map((title, column) => rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), title.length));
  return [titles, ...rows].map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}
