import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FactStore } from '@esscm/sbom';

/**
 * Facts as files of a folder, one a fact, safe to share between commands running at the same time: a file appears
 * whole or not at all. Deleting the folder costs only time.
 */
export function createFolderFactStore(folder: string): FactStore {
  const fileOf = (diffId: string, key: string) => join(folder, diffId.replace(':', '-'), encodeURIComponent(key));
  return {
    async read(diffId, keys) {
      const facts = new Map<string, Uint8Array>();
      for (const key of keys) {
        const bytes = await readIfThere(fileOf(diffId, key));
        if (bytes !== undefined) facts.set(key, bytes);
      }
      return facts;
    },
    async write(diffId, facts) {
      await mkdir(join(folder, diffId.replace(':', '-')), { recursive: true });
      for (const [key, bytes] of facts) {
        const file = fileOf(diffId, key);
        const unfinished = `${file}.${randomUUID()}`;
        await writeFile(unfinished, bytes);
        await rename(unfinished, file);
      }
    },
  };
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
