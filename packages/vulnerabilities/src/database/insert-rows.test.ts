import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { InsertRows } from './insert-rows.js';

function opened(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE pair (number INTEGER PRIMARY KEY, word TEXT)');
  return database;
}
const written = (database: DatabaseSync) => database.prepare('SELECT number, word FROM pair ORDER BY rowid').all().map((row) => [row['number'], row['word']]);

test.each([0, 1, 31, 32, 33, 64, 100])('%i rows are written once each', (count) => {
  using database = opened();
  const rows = new InsertRows(database, 'INSERT INTO pair (number, word)', 2);
  const expected = Array.from({ length: count }, (_, index) => [index, index % 3 === 0 ? null : `word ${index}`] as const);
  for (const row of expected) rows.add(row);
  rows.flush();
  rows.flush();
  expect(written(database)).toEqual(expected);
});

test('rows wait for one another until there are enough, or until they are flushed', () => {
  using database = opened();
  const rows = new InsertRows(database, 'INSERT INTO pair (number, word)', 2);
  const counts = Array.from({ length: 33 }, (_, index) => {
    rows.add([index, 'x']);
    return written(database).length;
  });
  rows.flush();
  expect([counts.slice(0, 31).every((count) => count === 0), counts.slice(31), written(database).length]).toEqual([true, [32, 32], 33]);
});

test('a row that the table refuses is not passed over', () => {
  using database = opened();
  const rows = new InsertRows(database, 'INSERT INTO pair (number, word)', 2);
  rows.add([1, 'x']);
  rows.add([1, 'y']);
  expect(() => rows.flush()).toThrow('UNIQUE constraint failed');
});
