import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AdvisoryProgressRecord } from '@esscm/store';
import type { FromUpdate, UpdateRequest, UpdateResult } from './update-protocol.js';

// The built entry, also when this file itself runs from source: a thread cannot start from TypeScript.
const entry = createRequire(import.meta.url).resolve('@esscm/scanner/advisory-update-worker');

const memoryLimitMb = 768;

/** Runs an update on a thread of its own, whose memory is free again afterwards. An abort ends the thread; what it wrote is removed by the next update. */
export async function updateOnThread(request: UpdateRequest, onProgress: (progress: AdvisoryProgressRecord) => void, signal: AbortSignal): Promise<UpdateResult> {
  signal.throwIfAborted();
  const worker = new Worker(entry, { workerData: request, resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb } });
  const { promise, resolve, reject } = Promise.withResolvers<UpdateResult>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  worker.on('message', (message: FromUpdate) => {
    if ('progress' in message) onProgress(message.progress);
    else resolve(message.result);
  });
  worker.on('error', reject);
  worker.on('exit', () => reject(new Error('The thread of an update of advisories ended too early; it may have run out of memory.')));
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
    await releaseLock(request.folder);
  }
}

/** A thread that was ended leaves the lock of its update behind, and the process it names goes on. */
async function releaseLock(folder: string): Promise<void> {
  const lock = path.join(folder, 'update.lock');
  const holder = await readFile(lock, 'utf8').catch(() => undefined);
  if (holder === String(process.pid)) await rm(lock, { force: true });
}
