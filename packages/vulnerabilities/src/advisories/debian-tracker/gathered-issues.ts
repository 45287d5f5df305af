import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { AffectedPackage } from '../advisory-record.js';

/** What is said of one issue, gathered over packages. */
export interface GatheredIssue {
  readonly id: string;
  readonly summary: string;
  readonly affected: readonly AffectedPackage[];
}

/**
 * Gathers by issue what comes by package, on disk: as objects half a million packages would take half a gigabyte. Dispose of it;
 * its file is SQLite's own and gone then.
 */
export class GatheredIssues implements Disposable {
  readonly #database = new DatabaseSync('');
  readonly #insert: StatementSync;

  constructor() {
    this.#database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192; PRAGMA temp_store = FILE; CREATE TABLE gathered (issue TEXT NOT NULL, summary TEXT NOT NULL, affected TEXT NOT NULL); BEGIN');
    this.#insert = this.#database.prepare('INSERT INTO gathered VALUES (?, ?, ?)');
  }

  add(issue: GatheredIssue): void {
    this.#insert.run(issue.id, issue.summary, JSON.stringify(issue.affected));
  }

  /** Each issue once, by id, with all that was added to it and its longest summary. */
  *issues(): Generator<GatheredIssue> {
    let current: { id: string; summary: string; affected: AffectedPackage[] } | undefined;
    for (const row of this.#database.prepare('SELECT issue, summary, affected FROM gathered ORDER BY issue, rowid').iterate()) {
      const id = String(row['issue']);
      if (current !== undefined && current.id !== id) {
        yield current;
        current = undefined;
      }
      current ??= { id, summary: '', affected: [] };
      const summary = String(row['summary']);
      if (summary.length > current.summary.length) current.summary = summary;
      // Written above.
      current.affected.push(...(JSON.parse(String(row['affected'])) as AffectedPackage[]));
    }
    if (current !== undefined) yield current;
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
