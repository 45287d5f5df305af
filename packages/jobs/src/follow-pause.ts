import type { ScanJobs } from './scan-jobs.js';

/**
 * Pauses or resumes the queue as the database has it. Somebody may decide otherwise meanwhile, in another process too: so the
 * database is asked again afterwards, until its answer is what was done.
 */
export async function followPause(scans: Pick<ScanJobs, 'pause' | 'resume'>, isPaused: () => Promise<boolean>): Promise<void> {
  let done: boolean | undefined;
  for (let wanted = await isPaused(); wanted !== done; wanted = await isPaused()) {
    await (wanted ? scans.pause() : scans.resume());
    done = wanted;
  }
}
