import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/** Before all files: a place for the demonstration, which the first file that wants it makes and the others copy. */
export async function setup(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'esscm-e2e-demo-'));
  process.env['ESSCM_TEST_DEMO_FOLDER'] = folder;
}

/** After the last file. */
export async function teardown(): Promise<void> {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}
