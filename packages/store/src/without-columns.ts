/** The row without columns that its record does not have. */
export function withoutColumns<Row extends object, Column extends keyof Row>(row: Row, ...columns: readonly Column[]): Omit<Row, Column> {
  const copy: Partial<Row> = { ...row };
  for (const column of columns) delete copy[column];
  return copy as Omit<Row, Column>;
}
