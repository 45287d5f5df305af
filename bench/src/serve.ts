import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { esscm } from './command.js';
import { residentMegabytes } from './measure.js';

/** How long `esscm serve` takes to answer, on an empty and on an existing data folder, and the memory it holds idle. */
export async function benchServe(options: { idleSeconds: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'esscm-bench-'));
  try {
    const rows = [];
    for (const start of ['first start', 'second start', 'third start']) rows.push({ start, ...(await once(folder, options.idleSeconds)) });
    console.table(rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function once(folder: string, idleSeconds: number) {
  const port = 20_000 + (process.pid % 20_000);
  const began = performance.now();
  const child = spawn(esscm, ['serve'], {
    env: { ...process.env, PORT: String(port), ESSCM_DATA_DIR: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  try {
    await answers(`http://127.0.0.1:${port}/healthz`, began + 60_000);
    const serves = (performance.now() - began) / 1000;
    await wait(idleSeconds * 1000);
    return { 'serves after s': serves.toFixed(2), [`resident MB after ${idleSeconds} s`]: residentMegabytes(child.pid ?? 0).toFixed(0) };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function answers(url: string, until: number): Promise<void> {
  for (;;) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Nothing listens yet.
    }
    if (performance.now() > until) throw new Error(`${url} did not answer within a minute.`);
    await wait(20);
  }
}
