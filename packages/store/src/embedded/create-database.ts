/**
 * Entry of the short-lived process that creates a database: creating one peaks at several hundred megabytes that a process
 * keeps for ever after. Argument: the folder to fill. Never imported.
 */
import { fsyncSync, openSync, closeSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EngineSession } from './engine-session.js';
import { syncFolder } from './sync-folder.js';

/** The files were written without synchronising; the folder may be renamed into place only once they are on disk. */
function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      syncTree(path);
    } else if (entry.isFile()) {
      const descriptor = openSync(path, 'r+');
      fsyncSync(descriptor);
      closeSync(descriptor);
    }
  }
  syncFolder(folder);
}

const [, , folder] = process.argv;
if (folder !== undefined) {
  process.stdin.on('end', () => process.exit(1)).resume();
  const session = await EngineSession.create(folder);
  await session.close();
  syncTree(folder);
  process.exit(0);
}
