import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openDatabase } from '../database.js';

const writer = fileURLToPath(new URL('./fixtures/write-until-killed.mjs', import.meta.url));
/** Acknowledged transactions after which each round's process is killed; odd so that kills fall between and inside writes. */
const ROUNDS = [1, 37, 211, 103];

/** Numbers of the transactions that a process acknowledged before it was killed with SIGKILL. */
async function writeUntilKilled(dataFolder: string, first: number, acknowledged: number): Promise<number[]> {
  const child = spawn(process.execPath, [writer, dataFolder, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const numbers: number[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    numbers.push(Number(line));
    if (numbers.length === acknowledged) child.kill('SIGKILL');
  });
  await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  return numbers;
}

it('loses no acknowledged transaction, and leaves none torn, when its process is killed', { timeout: 120_000 }, async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'esscm-durability-'));
  const acknowledged: number[] = [];
  for (const [round, count] of ROUNDS.entries()) {
    acknowledged.push(...(await writeUntilKilled(dataFolder, round * 10_000, count)));
    const database = await openDatabase({ dataFolder });
    const { rows } = await database.pool.query<{ transaction: number; parts: number }>(
      'select transaction, count(*)::int as parts from written group by transaction',
    );
    await database.close();
    expect(rows.filter(({ parts }) => parts !== 10)).toEqual([]);
    const present = new Set(rows.map(({ transaction }) => transaction));
    expect(acknowledged.filter((transaction) => !present.has(transaction))).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(352);
  await rm(dataFolder, { recursive: true });
});

it('opens whenever the process was killed while it created the database', { timeout: 120_000 }, async () => {
  for (const afterMs of [50, 400, 900, 1600]) {
    const dataFolder = await mkdtemp(join(tmpdir(), 'esscm-durability-'));
    const child = spawn(process.execPath, [writer, dataFolder, '0'], { stdio: 'ignore' });
    setTimeout(() => child.kill('SIGKILL'), afterMs);
    await once(child, 'exit');
    const database = await openDatabase({ dataFolder });
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await database.close();
    await rm(dataFolder, { recursive: true });
  }
});
