import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { exitCodes } from '../exit-codes.js';
import { seedDemoCommand } from './seed-demo.js';

test('ends as an interrupted command when the user presses Ctrl+C', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'esscm-seed-demo-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('ESSCM_DATA_DIR', folder);
  vi.stubEnv('DATABASE_URL', undefined);
  const pressControlC = (event: string | symbol, listener: () => void): void => {
    if (event === 'SIGINT') listener();
  };
  process.on('newListener', pressControlC);
  onTestFinished(() => void process.off('newListener', pressControlC));
  await expect(seedDemoCommand().parseAsync([], { from: 'user' })).rejects.toMatchObject({ message: 'Interrupted.', exitCode: exitCodes.interrupted });
});
