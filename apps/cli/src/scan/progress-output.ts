import { fstatSync, writeSync } from 'node:fs';
import type { ProgressOutput } from './progress-line.js';

const standardError = 2;

/**
 * Standard error for lines of progress. A file or pipe is written without the stream of Node.js, which brings all that speaks to
 * networks for it: a thirtieth of a small scan. What a pipe has no room for is not told.
 */
export function progressOutput(): ProgressOutput {
  return mayBeTerminal() ? process.stderr : { isTTY: false, write: writeDirectly };
}

function mayBeTerminal(): boolean {
  try {
    return fstatSync(standardError).isCharacterDevice();
  } catch {
    // Closed: the stream knows what to do about that.
    return true;
  }
}

function writeDirectly(text: string): void {
  try {
    writeSync(standardError, text);
  } catch {
    // Nobody reads it, or not fast enough.
  }
}
