import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** Rows of one statement: beyond that nothing is saved. */
const rowsAtOnce = 32;

/** Inserts rows of one table, many with one statement: starting a statement costs as much as the row. Rows wait until `flush`. */
export class InsertRows {
  readonly #many: StatementSync;
  readonly #one: StatementSync;
  readonly #columns: number;
  #waiting: SQLInputValue[] = [];

  /** `insert` is what stands before `VALUES`. */
  constructor(database: DatabaseSync, insert: string, columns: number) {
    const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`;
    this.#columns = columns;
    this.#one = database.prepare(`${insert} VALUES ${row}`);
    this.#many = database.prepare(`${insert} VALUES ${Array.from({ length: rowsAtOnce }, () => row).join(', ')}`);
  }

  add(...values: readonly SQLInputValue[]): void {
    this.#waiting.push(...values);
    if (this.#waiting.length < this.#columns * rowsAtOnce) return;
    this.#many.run(...this.#waiting);
    this.#waiting = [];
  }

  /** Writes what waits. */
  flush(): void {
    for (let start = 0; start < this.#waiting.length; start += this.#columns) this.#one.run(...this.#waiting.slice(start, start + this.#columns));
    this.#waiting = [];
  }
}
