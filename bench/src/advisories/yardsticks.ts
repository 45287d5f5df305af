import { DatabaseSync } from 'node:sqlite';
import { recordsOfBundle } from '@esscm/vulnerabilities/quality';

/** What this machine does without any of our work, in the same run: another machine is compared by these. */
export function yardsticks(bundle: string): Readonly<Record<'SELECT 1 per s' | 'JSON.parse MB/s', number>> {
  const database = new DatabaseSync(':memory:');
  const select = database.prepare('SELECT 1');
  const selects = 200_000;
  let began = cpuSeconds();
  for (let index = 0; index < selects; index += 1) select.get();
  const selectSeconds = cpuSeconds() - began;
  database.close();
  const texts = [...recordsOfBundle(bundle)].map((record) => JSON.stringify(record));
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
  began = cpuSeconds();
  for (let round = 0; round < 5; round += 1) for (const text of texts) JSON.parse(text);
  return { 'SELECT 1 per s': Math.round(selects / selectSeconds), 'JSON.parse MB/s': Math.round((megabytes * 5) / (cpuSeconds() - began)) };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
