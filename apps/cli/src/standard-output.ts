import { exitCodes } from './exit-codes.js';

let isListenedTo = false;

/**
 * Standard output of this process, made when it is first wanted: behind a pipe it brings all that speaks to networks. Whoever reads it
 * may stop early, as `head` does; that is no failure of the command.
 */
export function standardOutput(): NodeJS.WriteStream {
  if (!isListenedTo) {
    isListenedTo = true;
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(exitCodes.success);
      throw error;
    });
  }
  return process.stdout;
}

/** Whether all that was written to {@link standardOutput} has left this process. */
export function isWritten(): boolean {
  return !isListenedTo || process.stdout.writableLength === 0;
}
