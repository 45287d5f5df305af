import { DatabaseSync } from 'node:sqlite';
import { listGenerations } from '@esscm/vulnerabilities';

/** Copies every advisory of the current generation under other names of packages, in place. Returns the number of ranges. */
export async function multiplyDatabase(folder: string, copies: number): Promise<number> {
  const file = (await listGenerations(folder)).at(-1) ?? '';
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; BEGIN');
    const step = Number(database.prepare('SELECT max(id) AS top FROM advisory').get()?.['top']);
    for (let copy = 1; copy < copies; copy += 1) {
      database.exec(`INSERT INTO advisory SELECT id + ${copy * step}, external_id || '-${copy}', source, kind, modified, published, withdrawn, summary, severities, aliases, upstream, related FROM advisory WHERE id <= ${step}`);
      database.exec(`INSERT INTO affected SELECT ecosystem, name || '-${copy}', part + ${copy * step}, source,
        (SELECT json_group_array(json_set(range.value, '$[0]', (range.value ->> 0) + ${copy * step})) FROM json_each(ranges) range) FROM affected WHERE part <= ${step}`);
      database.exec(`INSERT INTO listed SELECT advisory + ${copy * step}, sequence, versions FROM listed WHERE advisory <= ${step}`);
    }
    database.exec('COMMIT');
    return Number(database.prepare('SELECT sum(json_array_length(ranges)) AS n FROM affected').get()?.['n']);
  } finally {
    database.close();
  }
}
