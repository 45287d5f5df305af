import { closeSync, createWriteStream, openSync, statSync, writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes a text in pieces to a file, which is made or emptied first. A regular file is written at once: nothing else is to be done
 * meanwhile, and streams would cost a small scan a twentieth of its time. Pipes and devices may keep a writer waiting, and are not waited for on this thread.
 * @throws Error of the file system
 */
export async function writeFile(pieces: Iterable<string>, file: string): Promise<void> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) {
    await pipeline(Readable.from(pieces), createWriteStream(file));
    return;
  }
  const descriptor = openSync(file, 'w');
  try {
    for (const piece of pieces) writeWhole(descriptor, Buffer.from(piece));
  } finally {
    closeSync(descriptor);
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
