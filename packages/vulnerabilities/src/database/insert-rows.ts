import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** Rows of one statement: beyond that nothing is saved. */
const rowsAtOnce = 32;

/** Inserts rows of one table, many with one statement: starting a statement costs as much as the row. Rows wait until `flush`. */
export class InsertRows {
  readonly #many: StatementSync;
  readonly #one: StatementSync;
  readonly #columns: number;
  /** Values of the rows that wait, in a list that is used again and again. */
  readonly #waiting: SQLInputValue[];
  #length = 0;

  /** `insert` is what stands before `VALUES`. */
  constructor(database: DatabaseSync, insert: string, columns: number) {
    const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`;
    this.#columns = columns;
    this.#waiting = Array.from({ length: columns * rowsAtOnce }, () => null);
    this.#one = database.prepare(`${insert} VALUES ${row}`);
    this.#many = database.prepare(`${insert} VALUES ${Array.from({ length: rowsAtOnce }, () => row).join(', ')}`);
  }

  /** One row, as many values as there are columns. */
  add(values: readonly SQLInputValue[]): void {
    for (let column = 0; column < this.#columns; column += 1) this.#waiting[this.#length + column] = values[column] ?? null;
    this.#length += this.#columns;
    if (this.#length === this.#waiting.length) this.#writeAll();
  }

  /** Writes what waits. */
  flush(): void {
    for (let start = 0; start < this.#length; start += this.#columns) this.#one.run(...this.#waiting.slice(start, start + this.#columns));
    this.#length = 0;
  }

  #writeAll(): void {
    this.#many.run(...this.#waiting);
    this.#length = 0;
  }
}
