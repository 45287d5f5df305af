import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Windows cannot open a folder for synchronising, and its file systems log renames themselves. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
